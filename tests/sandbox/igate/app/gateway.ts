import { HttpClient, HttpHeaders } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { catchError, forkJoin, from, map, type Observable, of, switchMap, throwError } from 'rxjs';
import { AppConfig, type Embedded } from './config.ts';
import {
  type DetailAnswer,
  type DossierDiary,
  type DossierRecord,
  type FeeLine,
  type ListAnswer,
  type MenuCount,
  nameOf,
  procedureName,
} from './records.ts';

export interface ListQuery {
  page: number;
  size: number;
  /** Column key; '' = as stored. */
  sort: string;
  direction: 'asc' | 'desc' | '';
  spec: 'slice' | 'page';
  statuses: string;
  code: string;
  owner: string;
}

const SORT_FIELDS: Record<string, string> = {
  code: 'code',
  procedureName: 'procedure.translate.name',
  applicantName: 'applicant.data.ownerFullname',
  acceptedDate: 'acceptedDate',
  appointmentDate: 'appointmentDate',
  appliedDate: 'appliedDate',
  status: 'dossierTaskStatus.name',
};

const AUTHORIZATION = 'Bearer khoa-gia-cua-hop-cat';

export class Gateway {
  private readonly config = inject(AppConfig);
  private readonly http = inject(HttpClient);

  list(query: ListQuery): Observable<ListAnswer> {
    if (this.config.json === 'none') return of(embeddedList(this.embedded(), query));
    const parameters: Record<string, string> = {
      code: query.code,
      'applicant-owner-name': query.owner,
      'dossier-status': query.statuses,
      page: String(query.page),
      size: String(query.size),
      sort: query.direction === '' ? '' : `${SORT_FIELDS[query.sort] ?? query.sort},${query.direction}`,
      spec: query.spec,
    };
    const answer = this.get<ListAnswer>('/pa/dossier/search', parameters);
    return this.orEmbedded(answer, (embedded) => embeddedList(embedded, query));
  }

  detail(id: string): Observable<DetailAnswer> {
    const fromPage = (embedded: Embedded): DetailAnswer => {
      const found = embedded.details[id];
      if (found === undefined) throw new Error('no such dossier');
      return found;
    };
    if (this.config.json === 'none') return of(null).pipe(map(() => fromPage(this.embedded())));
    const record = this.get<DossierRecord>(`/pa/dossier/${id}/--online`);
    const answer = record.pipe(
      switchMap((found) => forkJoin({ record: of(found), diary: this.get<DossierDiary>(`/pa/dossier-diary/${id}`) })),
    );
    return this.orEmbedded(answer, fromPage);
  }

  fees(id: string): Observable<FeeLine[]> {
    if (this.config.json === 'none') return of(this.embedded().fees[id] ?? []);
    return this.get<FeeLine[]>('/pa/dossier-fee/--by-dossiers', { 'dossier-ids': id }).pipe(catchError(() => of([])));
  }

  counts(): Observable<MenuCount[]> {
    if (this.config.json === 'none') {
      const all = this.embedded().content;
      const fresh = all.filter((record) => statusNumber(record) === 0).length;
      return of([
        { path: 'online-reception', count: fresh },
        { path: 'processing', count: all.length - fresh },
      ]);
    }
    const size = String(this.config.pageSize);
    return this.get<MenuCount[]>('/pa/dossier-menu-task-remind', { size }).pipe(catchError(() => of([])));
  }

  private embedded(): Embedded {
    return this.config.embedded ?? { content: [], details: {}, fees: {} };
  }

  /** A broken answer is no reason to show nothing when the page brought its own data. */
  private orEmbedded<T>(answer: Observable<T>, fallback: (embedded: Embedded) => T): Observable<T> {
    return answer.pipe(
      catchError((error) => {
        const { embedded } = this.config;
        return embedded === null ? throwError(() => error) : of(fallback(embedded));
      }),
    );
  }

  private get<T>(path: string, parameters: Record<string, string> = {}): Observable<T> {
    const url = new URL(path, this.config.apiGateway);
    for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value);
    if (this.config.gatewayVariants !== '') url.searchParams.set('sandbox', this.config.gatewayVariants);
    const headers = { Authorization: AUTHORIZATION };
    if (this.config.json === 'fetch') {
      return from(
        fetch(url, { headers }).then((response) => {
          if (!response.ok) throw new Error(`answer ${response.status}`);
          return response.json() as Promise<T>;
        }),
      );
    }
    return this.http.get<T>(url.href, { headers: new HttpHeaders(headers) });
  }
}
Injectable({ providedIn: 'root' })(Gateway);

function statusNumber(record: DossierRecord): number {
  return typeof record.dossierStatus === 'number' ? record.dossierStatus : record.dossierStatus.id;
}

function sortText(record: DossierRecord, key: string): string {
  switch (key) {
    case 'code':
      return record.code;
    case 'procedureName':
      return procedureName(record);
    case 'applicantName':
      return record.applicant.data.ownerFullname ?? '';
    case 'acceptedDate':
      return record.acceptedDate ?? '';
    case 'appliedDate':
      return record.appliedDate ?? '';
    case 'status':
      return nameOf(record.dossierTaskStatus.name);
    default:
      return record.appointmentDate ?? '';
  }
}

/** The server's work, done in the page. */
function embeddedList(embedded: Embedded, query: ListQuery): ListAnswer {
  const statuses = query.statuses === '' ? null : new Set(query.statuses.split(',').map(Number));
  const code = query.code.toLowerCase();
  const owner = query.owner.toLowerCase();
  const found = embedded.content.filter(
    (record) =>
      (statuses === null || statuses.has(statusNumber(record))) &&
      record.code.toLowerCase().includes(code) &&
      (record.applicant.data.ownerFullname ?? '').toLowerCase().includes(owner),
  );
  if (query.direction !== '') {
    const sign = query.direction === 'asc' ? 1 : -1;
    found.sort((a, b) => {
      const x = sortText(a, query.sort);
      const y = sortText(b, query.sort);
      // Dossiers without the value come last in either direction.
      if (x === '' || y === '') return Number(x === '') - Number(y === '');
      return x === y ? 0 : x < y ? -sign : sign;
    });
  }
  const start = query.page * query.size;
  return {
    content: found.slice(start, start + query.size),
    last: start + query.size >= found.length,
    totalElements: found.length,
  };
}
