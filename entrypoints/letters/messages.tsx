import { emailOf, type Letter, plainText, SMS_LIMIT, smsAccented, smsUnaccented } from '../../lib/letters/index.ts';
import { Button } from '../../lib/ui/index.ts';

/** Characters of one part of a message with accents (UCS-2), alone and in a chain. */
const ACCENTED = { one: 70, chained: 67 };

/** "180 ký tự, 3 tin nhắn". */
export function accentedCount(text: string): string {
  const { length } = text;
  const parts = length <= ACCENTED.one ? 1 : Math.ceil(length / ACCENTED.chained);
  return `${length} ký tự, ${parts} tin nhắn có dấu`;
}

function Text({
  title,
  text,
  note,
  tone,
  onCopy,
}: {
  title: string;
  text: string;
  note: string;
  tone?: string;
  onCopy: (text: string, what: string) => void;
}) {
  return (
    <section class="message" aria-label={title}>
      <div class="row">
        <h3>{title}</h3>
        <span class={tone ?? 'soft'}>{note}</span>
        <Button kind="small" label={`Chép: ${title}`} onClick={() => onCopy(text, title)}>
          Chép
        </Button>
      </div>
      <p class="text">{text}</p>
    </section>
  );
}

/** The letter as messages, to be sent by hand from the unit's own systems. */
export function Messages({ letter, onCopy }: { letter: Letter | null; onCopy: (text: string, what: string) => void }) {
  if (!letter) return <p class="soft">Tin nhắn và thư điện tử hiện ở đây khi thư đã đủ nội dung.</p>;
  const short = smsUnaccented(letter);
  const accented = smsAccented(letter);
  const { subject, body } = emailOf(letter);
  return (
    <>
      <Text
        title="Tin nhắn không dấu"
        text={short.text}
        note={
          short.fits
            ? `${short.text.length}/${SMS_LIMIT} ký tự`
            : `${short.text.length} ký tự, dài hơn một tin (${SMS_LIMIT})`
        }
        tone={short.fits ? undefined : 'amber'}
        onCopy={onCopy}
      />
      <Text title="Tin nhắn có dấu" text={accented} note={accentedCount(accented)} onCopy={onCopy} />
      <Text title="Tiêu đề thư điện tử" text={subject} note="" onCopy={onCopy} />
      <Text title="Nội dung thư điện tử" text={body} note="" onCopy={onCopy} />
      <p class="soft">Đúng Hẹn không gửi tin: hãy chép rồi gửi bằng hệ thống của đơn vị.</p>
      <Button onClick={() => onCopy(plainText(letter), 'toàn bộ thư')}>Chép toàn bộ thư dạng chữ</Button>
    </>
  );
}
