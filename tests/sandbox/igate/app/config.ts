import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { DetailAnswer, DossierRecord, FeeLine } from './records.ts';

/** Switches of the page address; each imitates a difference seen (or feared) between installations. */
const NAMES = ['table', 'cols', 'mdc', 'size', 'json', 'translate', 'task', 'noappointment', 'status', 'track'];
const FOR_GATEWAY = ['json', 'translate', 'task', 'noappointment', 'status'];

export interface Embedded {
  content: DossierRecord[];
  details: Record<string, DetailAnswer>;
  fees: Record<string, FeeLine[]>;
}

interface ConfigFile {
  apiGateway: string;
}

function readVariants(): Record<string, string> {
  const given = new URLSearchParams(window.location.search);
  const variants: Record<string, string> = {};
  for (const name of [...NAMES, 'hostile']) {
    const value = given.get(name);
    if (value !== null) variants[name] = value;
  }
  return variants;
}

export class AppConfig {
  readonly variants = readVariants();
  /** The host's clock, epoch minutes. */
  readonly now = Number(document.documentElement.dataset.sandboxNow);
  readonly native = this.variants.table === 'native';
  readonly mdc = this.variants.mdc === '1';
  readonly json = this.variants.json ?? 'xhr';
  readonly pageSize = Number(this.variants.size ?? 20);
  /** What makes the server answer in another shape. */
  readonly gatewayVariants = FOR_GATEWAY.filter((name) => name in this.variants)
    .map((name) => `${name}:${this.variants[name]}`)
    .join(';');
  apiGateway = '';

  private readonly http = inject(HttpClient);
  private parsed: Embedded | null = null;

  /** The list that was written into the page, for pages without requests or with a broken answer. */
  get embedded(): Embedded | null {
    if (this.parsed === null) {
      const element = document.getElementById('du-lieu-nhung');
      if (element?.textContent) this.parsed = JSON.parse(element.textContent) as Embedded;
    }
    return this.parsed;
  }

  async load(): Promise<void> {
    if (this.json === 'none') return;
    const file = await firstValueFrom(this.http.get<ConfigFile>('/vi/assets/app.config.json'));
    this.apiGateway = file.apiGateway;
    // As the real page does, so that tests can check that nobody takes it.
    window.localStorage.setItem('userToken', 'khoa-gia-cua-hop-cat');
  }
}
Injectable({ providedIn: 'root' })(AppConfig);
