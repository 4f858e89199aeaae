import { Component, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { PageEvent } from '@angular/material/paginator';
import type { Sort } from '@angular/material/sort';
import { ActivatedRoute } from '@angular/router';
import type { Subscription } from 'rxjs';
import { AppConfig } from './config.ts';
import { Counters } from './counters.ts';
import { DeleteDossier } from './dialog.ts';
import { Gateway } from './gateway.ts';
import { type DossierRow, toRow } from './records.ts';

const KEYS = [
  'stt',
  'code',
  'procedureName',
  'applicantName',
  'acceptedDate',
  'appointmentDate',
  'status',
  'action',
] as const;
type Key = (typeof KEYS)[number];

const HEADS: Record<Key, string> = {
  stt: 'STT',
  code: 'Mã hồ sơ',
  procedureName: 'Thủ tục',
  applicantName: 'Chủ hồ sơ',
  acceptedDate: 'Ngày tiếp nhận',
  appointmentDate: 'Ngày hẹn trả',
  status: 'Trạng thái',
  action: 'Thao tác',
};

/** Words that no list of synonyms has. */
const REWORDED: Record<Key, string> = {
  stt: '№',
  code: 'Ký hiệu giấy',
  procedureName: 'Việc',
  applicantName: 'Người dân',
  acceptedDate: 'Lúc vào',
  appointmentDate: 'Lúc ra',
  status: 'Chặng',
  action: 'Khác',
};

function byKey(make: (key: Key, index: number) => string): Record<Key, string> {
  return Object.fromEntries(KEYS.map((key, index) => [key, make(key, index)])) as Record<Key, string>;
}

const CELLS: Record<Key, string> = {
  stt: '{{ page * size + i + 1 }}',
  code:
    '<a [routerLink]="link(row)" [queryParams]="linkParams(row)">{{ row.code }}</a>' +
    '<ng-container *ngIf="row.nationCode"><br><span>DVCQG: {{ row.nationCode }}</span></ng-container>',
  procedureName: '<span class="clamp" [title]="row.procedureTitle">{{ row.procedureName }}</span>',
  applicantName: '{{ row.applicantName }}',
  acceptedDate: '{{ row.accepted }}',
  appointmentDate:
    '<ng-container *ngIf="row.appointment"><span>{{ row.appointment }}</span>' +
    '<ng-container *ngIf="row.hint"><br><span [style.color]="row.hint.color">{{ row.hint.text }}</span></ng-container>' +
    '</ng-container>',
  status: '{{ row.status }}',
  action:
    '<button mat-icon-button type="button" aria-label="Thao tác" [matMenuTriggerFor]="menu" ' +
    '[matMenuTriggerData]="{ row: row }"><mat-icon>more_vert</mat-icon></button>',
};

const UNSORTED: readonly Key[] = ['stt', 'action'];

function table(native: boolean): string {
  const [head, cell] = native ? ['th mat-header-cell', 'td mat-cell'] : ['mat-header-cell', 'mat-cell'];
  const end = (tag: string): string => `</${tag.split(' ')[0]}>`;
  const columns = KEYS.map((key) => {
    const sort = UNSORTED.includes(key) ? '' : ` mat-sort-header="${key}"`;
    return (
      `<ng-container [matColumnDef]="names.${key}">` +
      `<${head} *matHeaderCellDef${sort} class="${key}-head">{{ heads.${key} }}${end(head)}` +
      `<${cell} *matCellDef="let row; let i = index">${CELLS[key]}${end(cell)}` +
      '</ng-container>'
    );
  }).join('');
  const sorting =
    'matSort matSortDisableClear [matSortActive]="sort" [matSortDirection]="direction" ' +
    '(matSortChange)="onSort($event)"';
  const open = native ? 'table mat-table' : 'mat-table';
  const headRow = native ? 'tr mat-header-row' : 'mat-header-row';
  const row = native ? 'tr mat-row' : 'mat-row';
  return (
    `<${open} *ngIf="alive && ${native ? '' : '!'}config.native" [dataSource]="rows" [trackBy]="track" ${sorting}>` +
    columns +
    `<${headRow} *matHeaderRowDef="columns">${end(headRow)}` +
    `<${row} *matRowDef="let row; columns: columns">${end(row)}` +
    end(open)
  );
}

const TEMPLATE = `
<h2 class="pageTitle">{{ title }}</h2>
<form class="searchForm" (submit)="search($event)">
  <mat-form-field><input matInput name="code" placeholder="Mã hồ sơ" autocomplete="off"
    [value]="code" (input)="code = $any($event.target).value"></mat-form-field>
  <mat-form-field><input matInput name="owner" placeholder="Chủ hồ sơ" autocomplete="off"
    [value]="owner" (input)="owner = $any($event.target).value"></mat-form-field>
  <button mat-flat-button color="primary" type="submit" class="searchBtn">Tìm kiếm</button>
  <span class="gap"></span>
  <button mat-stroked-button type="button" class="refreshBtn" (click)="refresh()">Làm mới</button>
  <button mat-stroked-button type="button" class="rebuildBtn" (click)="rebuild()">Tải lại bảng</button>
</form>
<div class="searchtbl">
  <mat-progress-bar *ngIf="loading" mode="indeterminate"></mat-progress-bar>
  ${table(false)}${table(true)}
  <div class="noResult" *ngIf="!loading && !failed && rows.length === 0">Không có kết quả tìm kiếm</div>
  <div class="loadError" *ngIf="failed">Không tải được danh sách hồ sơ</div>
  <mat-paginator [length]="length" [pageIndex]="page" [pageSize]="size" [pageSizeOptions]="[10, 20, 50, 2000]"
    showFirstLastButtons (page)="onPage($event)"></mat-paginator>
</div>
<mat-menu #menu="matMenu"><ng-template matMenuContent let-row="row">
  <a mat-menu-item class="menuAction" [routerLink]="link(row)" [queryParams]="linkParams(row)">
    <mat-icon>visibility</mat-icon><span>Xem chi tiết</span></a>
  <button mat-menu-item type="button" class="menuAction" (click)="askDelete(row)">
    <mat-icon>delete</mat-icon><span>Xóa</span></button>
</ng-template></mat-menu>`;

type ListKind = 'processing' | 'online-reception' | 'search';

const KINDS: Record<ListKind, { title: string; statuses: string; sort: string; direction: 'asc' | 'desc' }> = {
  processing: {
    title: 'Hồ sơ chờ xử lý',
    statuses: '2,3,4,5,16,17,8,9,10,11',
    sort: 'appointmentDate',
    direction: 'asc',
  },
  'online-reception': {
    title: 'Hồ sơ trực tuyến chờ tiếp nhận',
    statuses: '0',
    sort: 'appliedDate',
    direction: 'asc',
  },
  search: { title: 'Tra cứu hồ sơ', statuses: '', sort: 'appliedDate', direction: 'desc' },
};

class ListPage {
  readonly config = inject(AppConfig);
  private readonly gateway = inject(Gateway);
  private readonly dialog = inject(MatDialog);
  private readonly counters = inject(Counters);
  private readonly kind = inject(ActivatedRoute).snapshot.data.kind as ListKind;

  readonly title = KINDS[this.kind].title;
  readonly names = byKey((key, index) => (this.config.variants.cols === undefined ? key : `col${index + 1}`));
  readonly heads = this.config.variants.cols === 'reworded' ? REWORDED : HEADS;
  readonly columns = KEYS.map((key) => this.names[key]);
  rows: DossierRow[] = [];
  loading = false;
  failed = false;
  alive = true;
  page = 0;
  size = this.config.pageSize;
  length = 0;
  sort = KINDS[this.kind].sort;
  direction: 'asc' | 'desc' | '' = KINDS[this.kind].direction;
  code = '';
  owner = '';
  private running: Subscription | null = null;

  /**
   * By place, so Angular keeps the row elements and changes their text, even when another dossier comes into the
   * row. `track=id` keeps them per dossier, `track=none` makes new ones.
   */
  readonly track = (index: number, row: DossierRow): unknown => {
    const by = this.config.variants.track;
    return by === 'id' ? row.id : by === 'none' ? row : index;
  };

  ngOnInit(): void {
    this.load();
  }

  ngOnDestroy(): void {
    this.running?.unsubscribe();
  }

  link(row: DossierRow): string[] {
    return ['/dossier', this.kind === 'search' ? 'search' : 'processing', row.id];
  }

  linkParams(row: DossierRow): Record<string, string> {
    return { procedure: row.procedureId, task: row.taskId, xpandStatus: 'false', ...this.config.variants };
  }

  search(event: Event): void {
    event.preventDefault();
    this.page = 0;
    this.load();
  }

  refresh(): void {
    this.load();
    this.counters.load();
  }

  rebuild(): void {
    this.alive = false;
    setTimeout(() => {
      this.alive = true;
    }, 60);
  }

  onSort(event: Sort): void {
    this.sort = event.active;
    this.direction = event.direction;
    this.page = 0;
    this.load();
  }

  onPage(event: PageEvent): void {
    this.page = event.pageIndex;
    this.size = event.pageSize;
    this.load();
  }

  askDelete(row: DossierRow): void {
    this.dialog.open(DeleteDossier, { data: { code: row.code }, width: '420px' });
  }

  private load(): void {
    this.running?.unsubscribe();
    this.loading = true;
    this.failed = false;
    const { page, size, sort, direction, code, owner } = this;
    const spec = this.kind === 'search' ? 'page' : 'slice';
    const statuses = KINDS[this.kind].statuses;
    const query = { page, size, sort, direction, code: code.trim(), owner: owner.trim(), spec, statuses } as const;
    this.running = this.gateway.list(query).subscribe({
      next: (answer) => {
        this.rows = answer.content.map((record) => toRow(record, this.config.now));
        this.length = answer.totalElements ?? this.guessLength(answer.last, answer.content.length);
        this.loading = false;
      },
      error: () => {
        this.rows = [];
        this.loading = false;
        this.failed = true;
      },
    });
  }

  /** A slice has no total; the menu's counter is the next best. */
  private guessLength(last: boolean, count: number): number {
    const known = this.page * this.size + count;
    if (last) return known;
    const plain = this.code === '' && this.owner === '';
    return Math.max(known + 1, plain ? this.counters.of(this.kind) : 0);
  }
}

export class ListProcessing extends ListPage {}
Component({ selector: 'app-list-processing', template: TEMPLATE })(ListProcessing);

export class ListSearch extends ListPage {}
Component({ selector: 'app-list-search', template: TEMPLATE })(ListSearch);
