/**
 * The list of one menu entry. Columns and their order come from the server; rows open by click only; no id or code
 * is in any attribute. Rows are replaced in place: Vue patches the old ones.
 */

import { type Chip, type Column, loadCounting, loadList, type MenuEntry, type Row, variant } from './api.ts';
import { pagination } from './pagination.ts';
import { component } from './vue.ts';

/** Where the list was left, for "Quay lại". */
export const lastList = { query: {} as Record<string, string> };

const MANY = 100;
const LIMITS = [15, 30, 50, 100];

/** The column's layout is a template that came with the configuration: a component of its own. */
const layouts = new Map<string, object>();

function layoutOf(template: string): object {
  let made = layouts.get(template);
  if (made === undefined) {
    made = component({ props: { item: { type: Object, required: true } }, template });
    layouts.set(template, made);
  }
  return made;
}

function emptyRows(count: number): Row[] {
  return Array.from({ length: Math.min(count, 15) }, () => ({}) as Row);
}

const OTHER_TABLE = ['Mã hồ sơ', 'Thủ tục', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Trạng thái'].map((text) => ({
  text,
  sortable: false,
}));

export const list = component({
  components: { pagination },
  props: { menu: { type: Array, required: true }, index: { type: String, required: true } },
  data: () => ({
    rows: emptyRows(variant.size),
    total: 0,
    size: variant.size,
    loading: true,
    failed: false,
    keyword: '',
    sort: '',
    order: 'true',
    selected: [] as Row[],
    chips: [] as Chip[],
    ticket: 0,
    deleting: null as Row | null,
    deleteOpen: false,
    shared: null as Row | null,
    sharedOpen: false,
    sharedX: 0,
    sharedY: 0,
    printOpen: false,
    storeOpen: false,
    otherTable: OTHER_TABLE,
    mobile: variant.mobile,
    renamed: variant.renamed,
  }),
  computed: {
    entry(): MenuEntry | undefined {
      return (this.menu as MenuEntry[]).find(({ key }) => key === this.index);
    },
    columns(): Column[] {
      return this.entry?.columns ?? [];
    },
    cells(): Column[] {
      return this.columns.filter((column: Column) => column.value !== undefined);
    },
    page(): number {
      return Math.max(1, Math.floor(Number(this.$route.query.page)) || 1);
    },
    limits(): number[] {
      return [...new Set([...LIMITS, this.size])].sort((a, b) => a - b);
    },
    /** 2 000 menus take Vuetify most of a minute, so a page that long has one for all rows. */
    many(): boolean {
      return this.size > MANY;
    },
    tableClass(): string {
      return this.renamed ? 'bang-moi' : 'table-landing table-bordered';
    },
    tableId(): string | null {
      return this.renamed ? null : 'table-dossier';
    },
  },
  watch: {
    $route(to: { query: Record<string, string> }, from: { params: { index: string } }): void {
      if (from.params.index !== this.index) {
        this.rows = emptyRows(this.size);
        this.sort = '';
      }
      this.keyword = to.query.q ?? '';
      this.load(true);
    },
  },
  created(): void {
    this.keyword = this.$route.query.q ?? '';
    this.load(true);
    void loadCounting().then((chips) => {
      this.chips = chips;
    });
  },
  methods: {
    layoutOf,
    load(withPlaceholders: boolean): void {
      if (this.entry === undefined) return;
      lastList.query = { ...this.$route.query };
      this.ticket += 1;
      const { ticket } = this;
      if (withPlaceholders) {
        this.loading = true;
        if (this.rows.length === 0) this.rows = emptyRows(this.size);
      }
      const start = (this.page - 1) * this.size;
      const keyword = this.$route.query.q ?? '';
      loadList({ entry: this.entry, start, end: start + this.size, keyword, sort: this.sort, order: this.order })
        .then(({ total, data }) => {
          if (ticket !== this.ticket) return;
          this.total = total;
          this.rows = data;
          this.failed = false;
          this.loading = false;
        })
        .catch(() => {
          if (ticket !== this.ticket) return;
          this.total = 0;
          this.rows = [];
          this.failed = true;
          this.loading = false;
        });
    },
    refresh(): void {
      this.load(false);
      this.$emit('refresh');
    },
    go(query: Record<string, string>): void {
      // The router refuses to go where it is.
      this.$router
        .push({ path: this.$route.path, query: { ...this.$route.query, ...query } })
        .catch(() => this.load(true));
    },
    toPage(page: number): void {
      this.go({ page: String(page) });
    },
    toSize(size: number): void {
      if (size === this.size || !Number.isFinite(size)) return;
      this.size = size;
      if (this.page === 1) this.load(true);
      else this.toPage(1);
    },
    search(): void {
      this.go({ q: this.keyword, page: '1' });
    },
    sortBy(column: Column): void {
      if (!column.sortable) return;
      this.order = this.sort === column.value && this.order === 'true' ? 'false' : 'true';
      this.sort = column.value;
      this.load(true);
    },
    /** Like the row of the server's cells: reused, unless the variant asks for the dossier's own. */
    cellKey(index: number, row: Row): string {
      return variant.keyed ? `${index}_${row.dossierId}` : `${index}`;
    },
    open(row: Row): void {
      this.$router.push(`/danh-sach-ho-so/${this.index}/chi-tiet-ho-so/${row.dossierId}`);
    },
    openShared(row: Row, event: MouseEvent): void {
      this.shared = row;
      this.sharedX = event.clientX;
      this.sharedY = event.clientY;
      this.sharedOpen = true;
    },
    askDelete(row: Row): void {
      this.deleting = row;
      this.deleteOpen = true;
    },
  },
  template: `
<div>
  <div :class="renamed ? 'dau-trang-moi' : 'row-header no__hidden_class'" v-if="entry">
    <div class="background-triangle-big"><span>{{ entry.title.toLocaleUpperCase('vi') }}</span></div>
    <div class="layout row wrap header_tools row-blue">
      <div class="flex pl-3">
        <input
          v-model="keyword" class="tim__kiem" type="search" @keyup.enter="search"
          placeholder="Tìm kiếm theo tên hồ sơ, mã hồ sơ, tên thủ tục, chủ hồ sơ ..."
        >
      </div>
      <div class="flex text-right" style="flex: none">
        <v-btn small color="primary" class="btn-refresh my-0" @click="refresh">
          <v-icon size="16" class="mr-1">refresh</v-icon> Làm mới
        </v-btn>
      </div>
    </div>
  </div>
  <div class="menu_header_list py-2">
    <v-chip v-for="chip in chips" :key="chip.key" small>
      <v-avatar style="background-color: #0b72ba; color: #fff;">{{ chip.count }}</v-avatar>
      <span>{{ chip.title }}</span>
    </v-chip>
    <v-btn small flat color="primary" class="my-0" @click="storeOpen = true">Kho giấy tờ</v-btn>
  </div>
  <v-data-table
    :id="tableId" :class="tableClass" :headers="columns" :items="rows" :total-items="total" v-model="selected"
    item-key="dossierId" :select-all="!!entry && entry.selectAll" no-data-text="Không có hồ sơ nào" hide-actions
  >
    <template slot="headers" slot-scope="props">
      <tr>
        <th v-if="entry && entry.selectAll && !mobile" width="32px" class="v_data_table_check_all">
          <v-checkbox primary hide-details></v-checkbox>
        </th>
        <template v-if="!mobile">
          <th
            v-for="header in props.headers" :key="header.text" :width="header.width ? header.width + 'px' : ''"
            :style="header.sortable ? 'cursor: pointer' : ''" @click="sortBy(header)"
          >
            <v-tooltip bottom>
              <span slot="activator">{{ header.text }}</span>
              <span>{{ header.text }}</span>
            </v-tooltip>
            <v-icon
              v-if="header.sortable" size="16" class="ml-2"
              :style="header.value !== sort ? 'opacity: 0.5' : order === 'false' ? 'transform: rotate(180deg)' : ''"
            >arrow_downward</v-icon>
          </th>
        </template>
        <template v-else>
          <th width="30px"><span>STT</span></th>
          <th><span>{{ renamed ? 'Mốc' : 'Tên thủ tục' }}</span></th>
          <th width="30px"></th>
        </template>
      </tr>
    </template>
    <template slot="items" slot-scope="props">
      <tr>
        <td v-if="entry && entry.selectAll && !mobile" width="32px" class="v_data_table_check_all">
          <v-checkbox v-model="props.selected" primary hide-details color="primary"></v-checkbox>
        </td>
        <td class="text-xs-center px-0 py-0">
          <content-placeholders v-if="loading"><content-placeholders-text :lines="1" /></content-placeholders>
          <span v-else style="cursor: pointer;" @click="open(props.item)">
            {{ (page - 1) * size + props.index + 1 }}
          </span>
        </td>
        <template v-if="!mobile">
          <td v-for="(column, at) in cells" :key="cellKey(at, props.item)" :class="column.class_column">
            <content-placeholders v-if="loading"><content-placeholders-text :lines="1" /></content-placeholders>
            <div v-else style="cursor: pointer;" @click="open(props.item)">
              <component v-if="column.layout_view" :is="layoutOf(column.layout_view)" :item="props.item"></component>
              <span v-else>
                {{ props.item[column.value] }}
              </span>
            </div>
          </td>
        </template>
        <td v-else class="px-1 py-0">
          <content-placeholders v-if="loading"><content-placeholders-text :lines="1" /></content-placeholders>
          <div v-else style="cursor: pointer;" @click="open(props.item)">
            <span class="primary--text"> {{ props.item.dossierNo }} - </span><span class="primary--text">
              {{ props.item.online === 'true' ? 'Hồ sơ trực tuyến' : 'Hồ sơ một cửa' }}</span><br>
            <span class="primary--text text-bold"> {{ props.item.serviceName }} </span><br>
            <span class="text-bold">Chủ hồ sơ: </span> <span>{{ props.item.applicantName }}</span><br>
            <template v-if="!props.item.receiveDate">
              <span class="text-bold">Ngày gửi: </span> <span>{{ props.item.submitDate }}</span><br>
            </template>
            <span class="text-bold">Tiếp nhận: </span> <span>{{ props.item.receiveDate }}</span><br>
            <span class="text-bold">Hẹn trả: </span> <span>{{ props.item.dueDate }}</span><br>
            <template v-if="props.item.extendDate">
              <span class="text-bold">Gia hạn: </span> <span>{{ props.item.extendDate }}</span><br>
            </template>
            <span
              v-if="props.item.dossierOverdue"
              :class="props.item.dossierOverdue.indexOf('Quá hạn') >= 0 ? 'red--text' : 'green--text'"
            >{{ props.item.dossierOverdue }}</span>
          </div>
        </td>
        <td class="text-xs-center px-0 py-0">
          <content-placeholders v-if="loading"><content-placeholders-text :lines="1" /></content-placeholders>
          <div v-else-if="many" class="v-menu v-menu--inline"><div class="v-menu__activator">
            <button
              type="button" class="mx-0 my-0 v-btn v-btn--icon theme--light" @click="openShared(props.item, $event)"
            >
              <div class="v-btn__content">
                <i aria-hidden="true" class="v-icon material-icons theme--light">filter_list</i>
              </div>
            </button>
          </div></div>
          <v-menu v-else left :nudge-left="50" :nudge-top="15">
            <v-btn slot="activator" icon class="mx-0 my-0"><v-icon>filter_list</v-icon></v-btn>
            <v-list>
              <v-list-tile @click="open(props.item)"><v-list-tile-title>Xem chi tiết</v-list-tile-title></v-list-tile>
              <v-list-tile @click="printOpen = true">
                <v-list-tile-title>In phiếu tiếp nhận</v-list-tile-title>
              </v-list-tile>
              <v-list-tile @click="askDelete(props.item)"><v-list-tile-title>Xóa hồ sơ</v-list-tile-title></v-list-tile>
            </v-list>
          </v-menu>
        </td>
      </tr>
    </template>
  </v-data-table>
  <v-menu v-if="many" v-model="sharedOpen" absolute left :position-x="sharedX" :position-y="sharedY">
    <v-list v-if="shared">
      <v-list-tile @click="open(shared)"><v-list-tile-title>Xem chi tiết</v-list-tile-title></v-list-tile>
      <v-list-tile @click="printOpen = true"><v-list-tile-title>In phiếu tiếp nhận</v-list-tile-title></v-list-tile>
      <v-list-tile @click="askDelete(shared)"><v-list-tile-title>Xóa hồ sơ</v-list-tile-title></v-list-tile>
    </v-list>
  </v-menu>
  <div class="text-xs-right layout wrap" style="position: relative; margin: 0;">
    <div class="flex pagging-table px-2">
      <pagination
        v-if="!failed" :total="total" :page="page" :size="size" :limits="limits" @page="toPage" @size="toSize"
      ></pagination>
    </div>
  </div>
  <v-dialog v-model="deleteOpen" max-width="520" persistent>
    <v-card>
      <v-card-title class="headline">Xóa hồ sơ</v-card-title>
      <v-card-text>
        Bạn có chắc chắn muốn xóa hồ sơ <b>{{ deleting ? deleting.dossierNo : '' }}</b>?
        Hẹn trả: {{ deleting ? deleting.dueDate : '' }}
      </v-card-text>
      <v-card-actions>
        <v-spacer></v-spacer>
        <v-btn flat @click="deleteOpen = false">Quay lại</v-btn>
        <v-btn color="red" dark @click="deleteOpen = false">Đồng ý</v-btn>
      </v-card-actions>
    </v-card>
  </v-dialog>
  <v-dialog v-model="storeOpen" max-width="900">
    <v-card>
      <v-card-title class="headline">Kho giấy tờ</v-card-title>
      <v-data-table :headers="otherTable" :items="[]" class="table-landing table-bordered" hide-actions></v-data-table>
    </v-card>
  </v-dialog>
  <v-dialog v-model="printOpen" max-width="900">
    <v-card>
      <v-card-title class="headline">In phiếu tiếp nhận</v-card-title>
      <v-data-table :headers="otherTable" :items="[]" hide-actions></v-data-table>
    </v-card>
  </v-dialog>
</div>`,
});
