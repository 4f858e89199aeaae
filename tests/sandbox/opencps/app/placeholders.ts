import { component } from './vue.ts';

/** Grey bars without text, as the components of this name draw them. */
export const placeholders = component({
  template: '<div class="vue-content-placeholders vue-content-placeholders-is-animated"><slot></slot></div>',
});

export const placeholdersText = component({
  props: { lines: { type: Number, default: 1 } },
  template:
    '<div class="vue-content-placeholders-text">' +
    '<div v-for="n in lines" :key="n" class="vue-content-placeholders-text__line"></div></div>',
});
