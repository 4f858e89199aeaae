/**
 * "Tổng số N hồ sơ." and the list of buttons. As in reality a button that leads nowhere is not disabled: it only has
 * the class, and so has the one that shows the current page.
 */

import { variant } from './api.ts';
import { component } from './vue.ts';

const WINDOW = 7;

export const pagination = component({
  props: {
    total: { type: Number, required: true },
    page: { type: Number, required: true },
    size: { type: Number, required: true },
    limits: { type: Array, required: true },
  },
  data: () => ({ numbers: variant.numbers, mobile: variant.mobile }),
  computed: {
    pages(): number {
      return Math.max(1, Math.ceil(this.total / this.size));
    },
    choices(): { text: string; value: number }[] {
      return Array.from({ length: this.pages }, (_, index) => ({ text: `Trang ${index + 1}`, value: index + 1 }));
    },
    shown(): number[] {
      const first = Math.max(1, Math.min(this.page - 3, this.pages - WINDOW + 1));
      const last = Math.min(this.pages, first + WINDOW - 1);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    },
    atStart(): Record<string, boolean> {
      return { 'c-not-allowed pagination__navigation--disabled': this.page <= 1 };
    },
    atEnd(): Record<string, boolean> {
      return { 'c-not-allowed pagination__navigation--disabled': this.page >= this.pages };
    },
  },
  methods: {
    go(page: number): void {
      const wanted = Math.min(this.pages, Math.max(1, page));
      if (wanted !== this.page) this.$emit('page', wanted);
    },
  },
  template: `
<div>
  <div :style="mobile ? '' : 'text-align: left; position: absolute; line-height: 46px;'">
    Tổng số <span class="text-bold primary--text">{{ total }}</span> hồ sơ.
  </div>
  <div v-if="total > 0" class="vue-tiny-pagination pagination layout">
    <div class="pr-2 flex">Số hồ sơ mỗi trang:</div>
    <div class="pr-3 flex" style="width: 70px">
      <v-autocomplete :items="limits" :value="size" hide-details @change="$emit('size', $event)"></v-autocomplete>
    </div>
    <div class="pr-3 flex chon__trang">
      <v-autocomplete :items="choices" :value="page" hide-details @change="go"></v-autocomplete>
    </div>
    <ul v-if="numbers" class="tiny-pagination custom-tiny-class">
      <li class="page-item" :class="{disabled: page <= 1}">
        <button type="button" :disabled="page <= 1" @click.prevent="go(page - 1)">Trước</button>
      </li>
      <li v-for="number in shown" :key="number" class="page-item" :class="{active: number === page}">
        <button type="button" @click.prevent="go(number)">{{ number }}</button>
      </li>
      <li class="page-item" :class="{disabled: page >= pages}">
        <button type="button" :disabled="page >= pages" @click.prevent="go(page + 1)">Sau</button>
      </li>
    </ul>
    <ul v-else class="tiny-pagination custom-tiny-class">
      <li class="page-item" :class="atStart">
        <button :class="atStart" class="pagination__navigation" @click.prevent="go(1)">
          <i aria-hidden="true" class="material-icons icon">first_page</i>
        </button>
      </li>
      <li class="page-item" :class="atStart">
        <button :class="atStart" class="pagination__navigation" style="border-left: 0;" @click.prevent="go(page - 1)">
          <i aria-hidden="true" class="material-icons icon">chevron_left</i>
        </button>
      </li>
      <li class="page-item" style="margin-right: 0;">
        <button
          class="pagination__navigation pagination__navigation--disabled text-bold primary--text"
          style="border-right: 0; border-left: 0;"
        >
          {{ page }}
        </button>
      </li>
      <li class="page-item" :class="atEnd" style="margin-right: 0;">
        <button :class="atEnd" class="pagination__navigation" style="border-left: 0;" @click.prevent="go(page + 1)">
          <i aria-hidden="true" class="material-icons icon">chevron_right</i>
        </button>
      </li>
      <li class="page-item" :class="atEnd">
        <button :class="atEnd" class="pagination__navigation" @click.prevent="go(pages)">
          <i aria-hidden="true" class="material-icons icon">last_page</i>
        </button>
      </li>
    </ul>
  </div>
</div>`,
});
