#!/usr/bin/env node
import { type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { EXIT, InputError } from './errors.ts';

const main = defineCommand({
  meta: {
    name: 'dunghen',
    description: 'Đúng Hẹn: đọc và kiểm tra hồ sơ từ dòng lệnh',
  },
  // Each loads only what it needs: an HTML parser is no use to a deadline.
  subCommands: {
    calendar: () => import('./calendar.ts').then((room) => room.calendarCommand),
    digitization: () => import('./digitization.ts').then((room) => room.digitizationCommand),
    due: () => import('./due.ts').then((room) => room.dueCommand),
    indicators: () => import('./indicators.ts').then((room) => room.indicatorsCommand),
    inspect: () => import('./inspect.ts').then((room) => room.inspectCommand),
    letter: () => import('./letter.ts').then((room) => room.letterCommand),
    page: () => import('./page.ts').then((room) => room.pageCommand),
    reconcile: () => import('./reconcile.ts').then((room) => room.reconcileCommand),
    sample: () => import('./sample.ts').then((room) => room.sampleCommand),
    template: () => import('./template.ts').then((room) => room.templateCommand),
  },
});

/** Usage of the command that the arguments name. */
async function usageOf(args: readonly string[]): Promise<string> {
  let command: CommandDef = main;
  let parent: CommandDef | undefined;
  for (const [i, name] of args.entries()) {
    const next = (command.subCommands as Record<string, CommandDef | (() => Promise<CommandDef>)> | undefined)?.[name];
    if (next === undefined) break;
    parent = { ...command, meta: { name: ['dunghen', ...args.slice(0, i)].join(' ') } };
    command = typeof next === 'function' ? await next() : next;
  }
  return renderUsage(command, parent);
}

const CITTY: Record<string, string> = {
  E_UNKNOWN_COMMAND: 'không có lệnh này; xem dunghen --help',
  E_NO_COMMAND: 'thiếu tên lệnh; xem dunghen --help',
};

/** One line for whatever went wrong, without colours. */
function explain(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const text = CITTY[code] ?? (code.startsWith('E') ? message : `lỗi không lường trước: ${message}`);
  return text.replace(/\s*\n\s*/g, ' ');
}

/** Runs one command; a command that has findings sets the exit code itself. */
export async function run(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    console.log(await usageOf(args));
    if (args.length === 0) process.exitCode = EXIT.failure;
    return;
  }
  try {
    await runCommand(main, { rawArgs: [...args] });
  } catch (error) {
    console.error(`dunghen: ${explain(error)}`);
    process.exitCode = EXIT.failure;
  }
}

if (import.meta.main) await run(process.argv.slice(2));
