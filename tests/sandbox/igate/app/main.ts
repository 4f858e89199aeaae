/**
 * The officer's page of the iGate family, imitated: Angular 14 with legacy Angular Material, compiled in the
 * browser. Decorators are called as functions and everything is injected by `inject()`, so that a plain bundler is
 * enough.
 */

import '@angular/compiler';
import 'zone.js';
import { CommonModule } from '@angular/common';
import { HttpClientModule } from '@angular/common/http';
import { APP_INITIALIZER, enableProdMode, inject, NgModule } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatCardModule } from '@angular/material/card';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { MatDialogModule } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { MatInputModule } from '@angular/material/input';
import { MatMenuModule } from '@angular/material/menu';
import { MatPaginatorIntl, MatPaginatorModule } from '@angular/material/paginator';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSidenavModule } from '@angular/material/sidenav';
import { MatSortModule } from '@angular/material/sort';
import { MatTableModule } from '@angular/material/table';
import { MatTabsModule } from '@angular/material/tabs';
import { MatToolbarModule } from '@angular/material/toolbar';
import { BrowserModule } from '@angular/platform-browser';
import { BrowserAnimationsModule } from '@angular/platform-browser/animations';
import { platformBrowserDynamic } from '@angular/platform-browser-dynamic';
import { RouterModule, type Routes } from '@angular/router';
import { AppConfig } from './config.ts';
import { DossierDetail } from './detail.ts';
import { DeleteDossier } from './dialog.ts';
import { ListProcessing, ListSearch } from './list.ts';
import { Home, MdcNames, Shell } from './shell.ts';

const routes: Routes = [
  { path: 'home', component: Home },
  { path: 'dossier/processing', component: ListProcessing, data: { kind: 'processing' } },
  { path: 'dossier/online-reception', component: ListProcessing, data: { kind: 'online-reception' } },
  { path: 'dossier/search', component: ListSearch, data: { kind: 'search' } },
  { path: 'dossier/processing/:id', component: DossierDetail, data: { family: 'processing' } },
  { path: 'dossier/search/:id', component: DossierDetail, data: { family: 'search' } },
  { path: '**', redirectTo: 'home' },
];

function paginatorTexts(): MatPaginatorIntl {
  const texts = new MatPaginatorIntl();
  texts.itemsPerPageLabel = 'Số dòng mỗi trang:';
  texts.nextPageLabel = 'Trang sau';
  texts.previousPageLabel = 'Trang trước';
  texts.firstPageLabel = 'Trang đầu';
  texts.lastPageLabel = 'Trang cuối';
  texts.getRangeLabel = (page, size, length) => {
    if (length === 0 || size === 0) return `0 của ${length}`;
    return `${page * size + 1} – ${Math.min((page + 1) * size, length)} của ${length}`;
  };
  return texts;
}

class AppModule {}
NgModule({
  bootstrap: [Shell],
  declarations: [DeleteDossier, DossierDetail, Home, ListProcessing, ListSearch, MdcNames, Shell],
  imports: [
    BrowserModule,
    BrowserAnimationsModule,
    CommonModule,
    HttpClientModule,
    MatButtonModule,
    MatCardModule,
    MatCheckboxModule,
    MatDialogModule,
    MatFormFieldModule,
    MatIconModule,
    MatInputModule,
    MatMenuModule,
    MatPaginatorModule,
    MatProgressBarModule,
    MatSidenavModule,
    MatSortModule,
    MatTableModule,
    MatTabsModule,
    MatToolbarModule,
    RouterModule.forRoot(routes),
  ],
  providers: [
    { provide: MatPaginatorIntl, useFactory: paginatorTexts },
    {
      provide: APP_INITIALIZER,
      multi: true,
      useFactory: () => {
        const config = inject(AppConfig);
        return () => config.load();
      },
    },
  ],
})(AppModule);

enableProdMode();
platformBrowserDynamic()
  .bootstrapModule(AppModule)
  .catch((error) => console.error(error));
