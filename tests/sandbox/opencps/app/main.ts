/**
 * The officers' page of the OpenCPS-like host: real Vue 2.7, Vuetify 1.5 and vue-router 3, with the structure of
 * the one-stop front end, written anew.
 */

import VueRouter from 'vue-router';
import Vuetify from 'vuetify';
import 'vuetify/dist/vuetify.min.css';
import 'material-icons/iconfont/filled.css';
import { loadMenu, type MenuEntry } from './api.ts';
import { detail } from './detail.ts';
import { list } from './list.ts';
import { placeholders, placeholdersText } from './placeholders.ts';
import { component, Vue } from './vue.ts';

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(VueRouter);
Vue.use(Vuetify);
Vue.component('content-placeholders', placeholders);
Vue.component('content-placeholders-text', placeholdersText);

const router = new VueRouter({
  routes: [
    { path: '/danh-sach-ho-so/:index/chi-tiet-ho-so/:id', component: detail, props: true },
    { path: '/danh-sach-ho-so/:index', component: list, props: true },
    { path: '*', redirect: '/danh-sach-ho-so/1' },
  ],
});

const shell = component({
  data: () => ({ menu: [] as MenuEntry[] }),
  created(): void {
    this.load();
  },
  methods: {
    load(): void {
      void loadMenu().then((menu) => {
        this.menu = menu;
      });
    },
    open({ key }: MenuEntry): void {
      this.$router.push({ path: `/danh-sach-ho-so/${key}`, query: { page: '1' } }).catch(() => undefined);
    },
  },
  template: `
<v-app class="onegate__fe">
  <v-toolbar app fixed dense clipped-left color="primary" dark>
    <v-toolbar-title>HỆ THỐNG MỘT CỬA ĐIỆN TỬ (GIẢ LẬP)</v-toolbar-title>
    <v-spacer></v-spacer>
    <span>Cán bộ Mẫu 01</span>
  </v-toolbar>
  <v-navigation-drawer app fixed clipped permanent width="230" :mobile-break-point="0">
    <v-list class="nav_trang_thai_ho_so py-0">
      <v-list-tile
        v-for="entry in menu" :key="entry.key" :class="{dang__chon: $route.params.index === entry.key}"
        @click="open(entry)"
      >
        <v-list-tile-content><v-list-tile-title>{{ entry.title }}</v-list-tile-title></v-list-tile-content>
        <v-list-tile-action><span class="status__counter">{{ entry.counter }}</span></v-list-tile-action>
      </v-list-tile>
    </v-list>
  </v-navigation-drawer>
  <v-content>
    <div class="px-2 py-2"><router-view v-if="menu.length > 0" :menu="menu" @refresh="load"></router-view></div>
  </v-content>
</v-app>`,
});

new Vue({ router, render: (create) => create(shell) }).$mount('#app_onegate');
