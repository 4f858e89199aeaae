import { Component, Directive, ElementRef, inject } from '@angular/core';
import { AppConfig } from './config.ts';
import { Counters } from './counters.ts';

interface MenuEntry {
  path: string;
  text: string;
  counted: boolean;
}

const MENU: readonly MenuEntry[] = [
  { path: 'online-reception', text: 'Hồ sơ trực tuyến chờ tiếp nhận', counted: true },
  { path: 'processing', text: 'Hồ sơ chờ xử lý', counted: true },
  { path: 'search', text: 'Tra cứu hồ sơ', counted: false },
];

export class Shell {
  readonly config = inject(AppConfig);
  readonly counters = inject(Counters);
  readonly menu = MENU;

  ngOnInit(): void {
    this.counters.load();
  }
}
Component({
  selector: 'app-root',
  template: `
<mat-sidenav-container autosize="false">
  <mat-sidenav mode="side" opened disableClose>
    <div class="brand">MỘT CỬA ĐIỆN TỬ<small>hệ thống giả lập</small></div>
    <a class="menu-item" routerLink="/home" [queryParams]="config.variants" routerLinkActive="active">Trang chủ</a>
    <a class="menu-item" *ngFor="let entry of menu" [routerLink]="['/dossier', entry.path]"
      [queryParams]="config.variants" routerLinkActive="active">{{ entry.text }}
      <span class="cnt" *ngIf="entry.counted">{{ counters.of(entry.path) }}</span></a>
  </mat-sidenav>
  <mat-sidenav-content>
    <mat-toolbar color="primary"><span>UBND Phường Không Thật</span><span class="gap"></span>
      <mat-icon>account_circle</mat-icon><span class="officer">Cán bộ Mẫu 01</span></mat-toolbar>
    <main class="content"><router-outlet></router-outlet></main>
  </mat-sidenav-content>
</mat-sidenav-container>`,
})(Shell);

export class Home {}
Component({
  selector: 'app-home',
  template: `<h2 class="pageTitle">Trang chủ</h2><mat-card>Chọn một mục ở bên trái để xem hồ sơ. Mọi người và
    mọi mã hồ sơ ở đây đều là giả.</mat-card>`,
})(Home);

const RENAMED: readonly [string, string][] = [
  ['mat-table', 'mdc-data-table__table'],
  ['mat-row', 'mdc-data-table__row'],
  ['mat-header-row', 'mdc-data-table__header-row'],
  ['mat-cell', 'mdc-data-table__cell'],
  ['mat-header-cell', 'mdc-data-table__header-cell'],
];

/** With `mdc=1`: the class names of a host that has moved to Angular Material 15. */
export class MdcNames {
  private readonly config = inject(AppConfig);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  ngOnInit(): void {
    if (!this.config.mdc) return;
    const { classList } = this.element.nativeElement;
    for (const [old, added] of RENAMED) {
      if (!classList.contains(old)) continue;
      classList.remove(old);
      classList.add(old.replace('mat-', 'mat-mdc-'), added);
    }
    if (classList.contains('mat-paginator')) classList.add('mat-mdc-paginator');
  }
}
Directive({
  selector:
    'mat-table, table[mat-table], mat-row, tr[mat-row], mat-header-row, tr[mat-header-row], mat-cell, td[mat-cell], ' +
    'mat-header-cell, th[mat-header-cell], mat-paginator',
})(MdcNames);
