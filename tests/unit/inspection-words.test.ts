import { describe, expect, it } from 'vitest';
import {
  FileFacts,
  type FileFinding,
  findingsOf,
  InspectionAnswer,
  type InspectionRequest,
  inspectFile,
  inspector,
  pageList,
  summaryText,
} from '../../lib/inspection/index.ts';
import { jpeg, paper } from '../fixtures/pdf/jpeg.ts';
import { makePdf, scanPage, stream, textPage } from '../fixtures/pdf/make.ts';

/** 2026-11-01, and a day before any recommendation was in force. */
const NOW = 29_892_000;
const LONG_AGO = 26_000_000;

async function told(bytes: Uint8Array, at = NOW): Promise<FileFinding[]> {
  return findingsOf(await inspectFile(bytes, { now: at }), at);
}
const of = (findings: readonly FileFinding[], code: string) => findings.find((one) => one.code === code);

describe('the words for a file', () => {
  it('name coarse pages against the recommendation in force, with its source', async () => {
    const pdf = makePdf([scanPage(72), scanPage(72), textPage('a'), scanPage(100), scanPage(200)]);
    const finding = of(await told(pdf), 'scan-dpi');
    expect(finding).toMatchObject({
      severity: 'warn',
      text: 'Ảnh quét thấp hơn 200 dpi (khuyến nghị): trang 1–2, 4, thấp nhất 72 dpi',
    });
    expect(finding?.source).toContain('05/2025/TT-BNV');
    expect(of(await told(pdf, LONG_AGO), 'scan-dpi')).toBeUndefined();
  });

  it('say nothing bad of a good file', async () => {
    const findings = await told(
      makePdf([{ ...scanPage(200), content: `${scanPage(200).content}BT 3 Tr /F1 9 Tf (Chu nhan dang) Tj ET` }]),
    );
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([
      ['info', 'scan-dpi-ok'],
      ['info', 'text'],
      ['info', 'no-signature'],
    ]);
    expect(of(findings, 'text')?.text).toBe('Có lớp văn bản nhận dạng (OCR) dưới ảnh quét: 11 ký tự');
  });

  it('put the gravest first and cover what is in the document', async () => {
    const more = new Map([[1000, stream('<x pdfaid:part="2" pdfaid:conformance="B"/>', '/Type /Metadata')]]);
    const catalogue = '/Metadata 1000 0 R /OpenAction << /S /JavaScript /JS (1) /Next << /S /Launch >> >>';
    const findings = await told(makePdf([{}, scanPage(150, 0)], { version: '1.3', catalogue, more }));
    expect(findings.map(({ code }) => code)).toEqual([
      'javascript',
      'launch',
      'pdf-version',
      'blank-page',
      'blank-page',
      'scan-dpi',
      'pdfa',
      'no-text',
      'no-signature',
    ]);
    expect(of(findings, 'pdfa')?.text).toBe('Khai là PDF/A-2b (chưa kiểm chứng)');
    expect(findings.filter(({ code }) => code === 'blank-page').map(({ text }) => text)).toEqual([
      'Trang trắng, không có gì: trang 1',
      'Trang quét gần như trắng: trang 2',
    ]);
  });

  it('say which part of a long file was looked at', async () => {
    const pdf = makePdf(Array.from({ length: 400 }, () => textPage('a')));
    expect(of(await told(pdf), 'sampled')?.text).toContain('200 trên 400 trang');
  });

  it.each([
    [new Uint8Array(), 'empty', 'Tệp rỗng (0 byte)'],
    [Buffer.from('%PDF-1.7 nothing %%EOF'), 'broken', 'Tệp hỏng, không mở được'],
    [Buffer.from('%PDF-1.7 nothing'), 'truncated', 'Tệp bị cụt: thiếu phần cuối, không đọc được'],
    [Buffer.from('PK\u0003\u0004word/document.xml'), 'not-pdf', 'Không phải PDF: nội dung là tệp Word (.docx)'],
  ])('refuse in one sentence: %#', async (bytes, code, text) => {
    expect(await told(bytes)).toEqual([{ severity: 'error', code, text }]);
  });

  it('of a picture go by an A4 sheet', async () => {
    const facts = await inspectFile(jpeg(paper(827, 1169, 5), 150), { now: NOW });
    expect(summaryText(facts)).toMatch(/^ảnh JPEG · [\d,]+ KB · 827 × 1169 điểm ảnh$/);
    const findings = findingsOf(facts, NOW);
    expect(of(findings, 'scan-dpi')?.text).toBe(
      'Nếu là cả tờ A4 thì ảnh chỉ có 100 dpi, thấp hơn 200 dpi (khuyến nghị); tệp ghi 150 dpi',
    );
    expect(of(findings, 'not-pdf')?.severity).toBe('info');
  });

  it('write pages in ranges', () => {
    expect(pageList([1, 2, 3, 5, 8, 9])).toBe('1–3, 5, 8–9');
    expect(pageList([])).toBe('');
  });
});

describe('what is told of a signature', () => {
  const signature = {
    type: 'signature',
    format: 'ETSI.CAdES.detached',
    range: null,
    rangeSound: true,
    coversFile: true,
    laterChanges: [],
    signer: 'Người Ký',
    issuer: 'CA',
    claimedAt: NOW,
    stampedAt: null,
    stampSound: null,
    integrity: 'intact',
    digest: 'SHA-256',
    validFrom: 0,
    validTo: NOW + 1,
    validity: 'valid',
    judgedBy: 'claim',
    chain: 'trusted',
  } as const;

  async function tell(changes: object): Promise<FileFinding | undefined> {
    const facts = await inspectFile(makePdf([textPage('a')]), { now: NOW });
    const pdf = facts.pdf && { ...facts.pdf, signatures: [{ ...signature, ...changes }] };
    return of(findingsOf(FileFacts.parse({ ...facts, pdf }), NOW), 'signature');
  }

  it.each([
    [{}, 'info', 'ký toàn bộ tệp'],
    [{ chain: 'no-anchors' }, 'info', 'chưa khai chứng thư gốc tin cậy'],
    [
      { coversFile: false, laterChanges: ['signature', 'validation-data'] },
      'info',
      'được ghi thêm: chữ ký khác, dữ liệu xác thực chữ ký',
    ],
    [{ coversFile: false, laterChanges: ['pages'] }, 'warn', 'được ghi thêm: sửa nội dung trang'],
    [{ chain: 'self-signed' }, 'warn', 'tự ký'],
    [{ validity: 'expired' }, 'warn', 'đã hết hạn lúc ký'],
    [{ stampedAt: NOW, stampSound: false }, 'warn', 'KHÔNG khớp'],
    [{ stampedAt: NOW, stampSound: true, judgedBy: 'stamp' }, 'info', 'dấu thời gian'],
    [{ integrity: 'unsupported' }, 'warn', 'không kiểm tra được ở đây'],
    [{ integrity: 'altered' }, 'error', 'ĐÃ BỊ SỬA'],
    [{ integrity: 'forged' }, 'error', 'SAI'],
    [{ rangeSound: false, coversFile: false }, 'error', 'vùng ký KHÔNG hợp lệ'],
  ])('%o', async (changes, severity, text) => {
    const finding = await tell(changes);
    expect(finding?.severity).toBe(severity);
    expect(finding?.text).toContain(text);
    expect(finding?.text).toContain('Người Ký (do CA cấp)');
  });
});

describe('a worker', () => {
  const request = (id: string, bytes: Uint8Array): InspectionRequest => ({
    type: 'inspect',
    id,
    bytes: new Uint8Array(bytes),
    now: NOW,
    trustAnchors: [],
  });

  function run(send: (receive: (message: unknown) => void) => void, results: number): Promise<InspectionAnswer[]> {
    return new Promise((resolve) => {
      const answers: InspectionAnswer[] = [];
      send(
        inspector((answer) => {
          answers.push(InspectionAnswer.parse(answer));
          if (answers.filter(({ type }) => type === 'result').length === results) resolve(answers);
        }),
      );
    });
  }

  it('answers each file with its progress and one result, in order', async () => {
    const answers = await run((receive) => {
      receive(request('a', makePdf([textPage('a'), textPage('b')])));
      receive(request('b', new Uint8Array()));
    }, 2);
    expect(
      answers.map((one) =>
        one.type === 'progress' ? `${one.id} ${one.done}/${one.total}` : `${one.id} ${one.facts.kind}`,
      ),
    ).toEqual(['a 1/2', 'a 2/2', 'a pdf', 'b empty']);
  });

  it('drops what is not a request, and stops what is cancelled', async () => {
    const answers = await run((receive) => {
      receive({ sourceName: 'worker', targetName: 'main', action: 'ready' });
      receive({ type: 'inspect', id: 'x', bytes: 'no bytes' });
      receive(request('a', makePdf([textPage('a')])));
      receive({ type: 'cancel', id: 'a' });
      receive({ type: 'cancel', id: 'unknown' });
    }, 1);
    expect(answers).toMatchObject([{ type: 'result', id: 'a', facts: { opens: { ok: false, why: 'aborted' } } }]);
  });
});
