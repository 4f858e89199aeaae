import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FileError, FileMapping, fileReader, inspectFile } from '../connectors/files/index.ts';
import { openPath } from '../connectors/files/node.ts';
import {
  type ConnectorConfig,
  configProblems,
  readConfig,
  readerOf,
  SIDE_OF,
  upstreamOf,
} from '../connectors/index.ts';
import { type NodeTransport, nodeTransport } from '../connectors/node-transport.ts';
import { problemText, readJson } from '../lib/json/index.ts';
import { type JobSource, type Side, type SourceReader, sideName } from '../lib/reconcile/index.ts';
import { InputError } from './errors.ts';
import { readText } from './files.ts';
import { fileMessages } from './job-messages.ts';
import { nodeSecrets } from './secrets.ts';

export const CONFIG_NAME = 'dunghen.config.json';
const FILE = 'file:';

const Mappings = z.strictObject({
  city: z.optional(FileMapping),
  national: z.optional(FileMapping),
  lgsp: z.optional(FileMapping),
});

export interface SourceChoice {
  /** SRC of each side, as the user wrote it. */
  names: Partial<Record<Side, string>>;
  /** File of the configuration; undefined: the usual one, when a source needs it. */
  config?: string;
  /** JSON with the columns of files whose headers do not say enough, by side. */
  mapping?: string;
  /** ISO days. */
  period: { from: string; to: string } | null;
  /** Folder of the job, and of the job before it. */
  folder: string;
  earlier?: string;
}

export interface Opened {
  sources: JobSource[];
  readers: Partial<Record<Side, SourceReader>>;
  /** Units that the configuration names for its sources. */
  units: string[];
  close(): Promise<void>;
}

function configOf(path: string): ConnectorConfig {
  const reading = readConfig(readText(path, 1));
  if (reading.ok) return reading.data;
  throw new InputError(configProblems(path, reading.problems).join('; '));
}

function mappingsOf(path: string | undefined): z.infer<typeof Mappings> {
  if (path === undefined) return {};
  const reading = readJson(readText(path, 1), Mappings);
  if (reading.ok) return reading.data;
  throw new InputError(reading.problems.map((problem) => problemText(path, problem)).join('; '));
}

/** A file as a source. It is looked at before the job begins, so that what is wrong with it is said at once. */
async function fileSource(side: Side, path: string, mapping: FileMapping | undefined): Promise<SourceReader> {
  try {
    const file = await openPath(path);
    const { problems, warnings } = await inspectFile(file, side, mapping);
    if (problems.length > 0) throw new InputError(`${path}: ${problems.join('; ')}`);
    for (const warning of warnings) console.error(`${path}: ${warning}`);
    return fileReader(side, [{ file, ...(mapping && { mapping }) }], (name, { ignored, ignoredBy }) => {
      const reasons = Object.entries(ignoredBy).map(([reason, count]) => `${count} ${reason}`);
      if (ignored > 0) console.error(`${name}: ${ignored} dòng không phải hồ sơ (${reasons.join('; ')})`);
    });
  } catch (error) {
    if (error instanceof FileError) throw new InputError(error.message);
    throw error;
  }
}

/**
 * Makes the readers of the chosen sources; no call is made yet.
 * @throws InputError in words, for a name that is not configured, a file that cannot be read, a secret that others can read
 */
export async function openSources(choice: SourceChoice): Promise<Opened> {
  const { names, period, folder, earlier } = choice;
  const mappings = mappingsOf(choice.mapping);
  const transports: NodeTransport[] = [];
  const configPath = choice.config ?? CONFIG_NAME;
  const messages = fileMessages(join(folder, 'messages.ndjson'), earlier ? join(earlier, 'messages.ndjson') : null);
  const opened: Opened = {
    sources: [],
    readers: {},
    units: [],
    async close() {
      messages.close();
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
  let config: ConnectorConfig | undefined;
  try {
    for (const [side, name] of Object.entries(names) as [Side, string][]) {
      let path = name.startsWith(FILE) ? name.slice(FILE.length) : null;
      if (path === null) {
        if (choice.config === undefined && !existsSync(configPath))
          throw new InputError(
            `--${side} ${name}: chưa có tệp cấu hình ${CONFIG_NAME}; nếu là tệp thì ghi file:${name}`,
          );
        config ??= configOf(configPath);
        const upstream = upstreamOf(config, name);
        if (!upstream.ok) throw new InputError(`${configPath}: ${upstream.error.message}`);
        if (upstream.value.kind === 'file') path = upstream.value.path;
        else {
          const remote = upstream.value;
          if (SIDE_OF[remote.kind] !== side)
            throw new InputError(`--${side} ${name}: kết nối này là của ${sideName(SIDE_OF[remote.kind])}`);
          if (period === null) throw new InputError(`--${side} ${name}: cần --from và --to`);
          const made = await readerOf(remote, {
            secrets: nodeSecrets(configPath),
            period,
            seen: messages,
            transport: ({ caFile }) => {
              const transport = nodeTransport({ ...(caFile !== undefined && { caFile }) });
              transports.push(transport);
              return transport.fetch;
            },
          });
          if (!made.ok) throw new InputError(made.error.message);
          opened.units.push(...remote.units);
          opened.readers[side] = made.value;
        }
      }
      if (path !== null) opened.readers[side] = await fileSource(side, path, mappings[side]);
      const { mode, lookup } = opened.readers[side] as SourceReader;
      opened.sources.push({ side, mode, name, lookup: lookup !== undefined });
    }
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}
