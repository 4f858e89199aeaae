/**
 * The front door of every npm script: makes sure that what the task needs is there, then runs it with the pinned Node.
 * Plain JavaScript without dependencies, because on a fresh clone nothing else can run yet.
 *
 *   node scripts/setup.mjs <task> [arguments …]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const WINDOWS = process.platform === 'win32';

/** What each task runs, and what it needs besides the product's own packages. */
const TASKS = {
  start: { run: ['scripts/start.ts'], needs: ['sandbox', 'chromium'] },
  test: { run: ['scripts/test.ts'], needs: ['sandbox', 'chromium', 'firefox', 'openssl', 'poppler', 'office'] },
  bench: { run: ['tests/bench/run.ts'], needs: ['sandbox', 'chromium'] },
  check: { run: ['scripts/check.ts'], needs: ['sandbox'] },
  dev: { run: ['node_modules/wxt/bin/wxt.mjs', '--mode', 'sandbox'], needs: ['chromium'] },
  build: { run: ['node_modules/wxt/bin/wxt.mjs', 'build'], needs: [] },
  'build:firefox': { run: ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', 'firefox', '--mv3'], needs: [] },
  zip: { run: ['scripts/zip.ts'], needs: [] },
  dunghen: { run: [join(ROOT, 'cli/main.ts')], needs: [] },
};

const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(`\n${text}`);
  process.exit(1);
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
}

/** npm as it was started, so that no second npm of another version writes the tree. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const started = cli?.endsWith('.js')
    ? run(process.execPath, [cli, ...args], { cwd })
    : run(WINDOWS ? 'npm.cmd' : 'npm', args, { cwd, shell: WINDOWS });
  if (started.status !== 0)
    fail(`Không cài được gói trong ${cwd}: npm ${args.join(' ')} thoát với mã ${started.status}.`);
}

/** Installs a tree when its lock file is not the one it was installed from. */
function packages(folder) {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const mark = join(folder, 'node_modules', '.dung-hen-lock');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  say(`Đang cài các gói (${folder === ROOT ? 'sản phẩm' : 'thành phố giả lập'}) …`);
  npm(['ci', '--no-fund', '--no-audit', '--loglevel=error'], folder);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, lock);
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const found = executable(join(folder, WINDOWS ? `${name}.exe` : name));
      if (found) return found;
    }
  }
  return null;
}

/** What a task needs besides npm's packages. */
const TOOLS = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    // Branded Chrome refuses --load-extension since 137; Chromium and Chrome for Testing do not.
    names: ['chromium', 'chromium-browser', 'chrome-for-testing'],
    debian: ['chromium', 'fonts-liberation'],
    sentence: 'Không thấy Chromium. Hãy cài Chromium hoặc Chrome for Testing rồi đặt CHROMIUM_PATH trỏ tới tệp chạy.',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    debian: ['firefox-esr'],
    sentence: 'Không thấy Firefox: bỏ qua phép thử trên Firefox. Muốn chạy, cài Firefox ≥ 140 và đặt FIREFOX_PATH.',
    optional: !process.env.CI,
  },
  // The tests sign files with certificates of their own making.
  openssl: {
    variable: 'OPENSSL_PATH',
    names: ['openssl'],
    debian: ['openssl'],
    sentence: 'Không thấy openssl: các phép thử chữ ký số cần nó. Hãy cài openssl.',
  },
  // A second reader of the PDFs of some tests, which are listed as skipped without it.
  poppler: {
    names: ['pdftotext'],
    debian: ['poppler-utils'],
    sentence: 'Không thấy poppler-utils: bỏ qua các phép đối chiếu PDF. Muốn chạy: DUNG_HEN_INSTALL=poppler npm test.',
    optional: true,
    onRequest: true,
  },
  // 300 MB.
  office: {
    variable: 'SOFFICE_PATH',
    names: ['soffice', 'libreoffice'],
    debian: ['libreoffice-writer-nogui', 'fonts-liberation'],
    sentence:
      'Không thấy LibreOffice: không đo bản in của thư bằng LibreOffice. Muốn đo: DUNG_HEN_INSTALL=office npm test.',
    optional: true,
    onRequest: true,
  },
};

/** Tools that someone wants to have installed though nothing needs them, by name. */
const requested = (process.env.DUNG_HEN_INSTALL ?? '').split(/[\s,]+/);

let aptUpdated = false;
function aptInstall(names) {
  const canInstall = process.getuid?.() === 0 && onPath(['apt-get']) !== null && existsSync('/etc/debian_version');
  if (!canInstall) return;
  say(`Đang cài ${names.join(', ')} bằng apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  if (!aptUpdated) run('apt-get', ['update', '-qq'], quiet);
  aptUpdated = true;
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
}

/** Puts the path of a tool into the environment of the task. */
function tool(kind) {
  const { variable, names, debian, sentence, optional, onRequest } = TOOLS[kind];
  const named = variable && process.env[variable];
  if (named) {
    if (!executable(named)) fail(`${variable}=${named} không phải là tệp chạy được.`);
    return;
  }
  let path = onPath(names);
  if (!path && (!onRequest || requested.includes(kind))) {
    aptInstall(debian);
    path = onPath(names);
  }
  if (path) {
    if (variable) process.env[variable] = path;
  } else if (optional) say(sentence);
  else fail(sentence);
}

function pinnedNode() {
  const path = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
  const works = existsSync(path) && spawnSync(path, ['--version']).status === 0;
  if (works) return path;
  // The pinned binary comes from a package script; where scripts are off, a recent Node of the machine will do.
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail('Không có Node 26 đi kèm (script cài đặt của gói "node" bị chặn?). Chạy: npm rebuild node');
}

const [name, ...rest] = process.argv.slice(2);
const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
if (!task) fail(`Việc không có: ${name ?? '(trống)'}. Có: ${Object.keys(TASKS).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Cần Node ≥ 20, máy đang có ${process.version}.`);

packages(ROOT);
for (const need of task.needs) {
  if (need === 'sandbox') packages(join(ROOT, 'tests', 'sandbox'));
  else tool(need);
}
const node = pinnedNode();
// Whatever the task starts by name (`node`, `npx`) must be the pinned one too.
const path = [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
if (!existsSync(join(ROOT, '.wxt', 'wxt.d.ts'))) {
  run(node, ['node_modules/wxt/bin/wxt.mjs', 'prepare'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
const done = run(node, [...task.run, ...rest], {
  cwd: name === 'dunghen' ? process.env.INIT_CWD : ROOT,
  env: { ...process.env, PATH: path },
});
process.exit(done.status ?? 1);
