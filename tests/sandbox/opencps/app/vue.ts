/**
 * One Vue for everything: Vuetify's own bundle asks for `require('vue')`, so this does too. That copy may lack
 * the compiler; templates are then compiled with the full build, whose render functions run on any Vue 2.
 */

import type { ComponentOptions, VueConstructor } from 'vue';
import Full from '../../node_modules/vue/dist/vue.esm.js';

declare const require: (name: string) => { default?: VueConstructor } & VueConstructor;

const loaded = require('vue');

export const Vue: VueConstructor = loaded.default ?? loaded;

interface Compiled {
  render: () => unknown;
  staticRenderFns: (() => unknown)[];
}

export const compile = (Full as { compile: (template: string) => Compiled }).compile;

/** A component with its template turned into a render function. */
// biome-ignore lint/suspicious/noExplicitAny: Vue 2's option types ask for the whole instance
export function component(options: ComponentOptions<any>): ComponentOptions<any> {
  const { template = '', ...rest } = options;
  return { ...rest, ...compile(template) } as ComponentOptions<never>;
}
