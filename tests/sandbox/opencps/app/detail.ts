/**
 * One dossier. The values stand beside their labels; the filer's block, in a menu that Vuetify hangs elsewhere, repeats
 * the labels; the bodies of the tabs are filled when they are opened.
 */

import { loadDetail, loadParts, loadSequences, type Part, type Row } from './api.ts';
import { lastList } from './list.ts';
import { component } from './vue.ts';

const ICONS: Record<string, { icon: string; color: string }> = {
  pdf: { icon: 'picture_as_pdf', color: 'red' },
  docx: { icon: 'description', color: 'blue' },
  jpg: { icon: 'image', color: 'green' },
};

const SEQUENCE_TABLE = ['#', 'Vai trò', 'Công việc', 'Thời hạn quy định', 'Ngày bắt đầu', 'Người thực hiện', 'Kết quả'];

const LONG = 100;

export const detail = component({
  props: { index: { type: String, required: true }, id: { type: String, required: true } },
  data: () => ({
    dossier: null as Row | null,
    failed: false,
    loading: true,
    tab: 'tabs-1',
    opened: {} as Record<string, boolean>,
    parts: [] as Part[],
    files: [] as Row[],
    sequences: [] as Row[],
    ticket: 0,
    headers: SEQUENCE_TABLE.map((text) => ({ text, sortable: false })),
  }),
  computed: {
    online(): boolean {
      return this.dossier?.online === 'true';
    },
    identityLabel(): string {
      return this.dossier?.applicantIdType === 'business' ? 'Mã số thuế' : 'Số CMND/ căn cước';
    },
    limitText(): string {
      const { durationCount, durationUnit } = this.dossier;
      if (!durationCount) return 'Không quy định';
      return `${durationCount} ${durationUnit === 1 ? 'giờ' : 'ngày'} làm việc`;
    },
    /** A long address shows its tail, by a fault. */
    addressText(): string {
      const address = String(this.dossier.address);
      return address.length >= LONG ? `...${address.slice(address.length - LONG + 3)}` : address;
    },
    finished(): boolean {
      return ['releasing', 'done'].includes(String(this.dossier?.dossierStatus));
    },
    panels(): { title: string; parts: Part[] }[] {
      return [
        { title: 'I. Tài liệu nộp', parts: this.parts.filter((part: Part) => part.partType === 1) },
        { title: 'II. Kết quả xử lý', parts: this.parts.filter((part: Part) => part.partType === 2) },
      ];
    },
  },
  watch: {
    id(): void {
      this.dossier = null;
      this.load(true);
    },
  },
  created(): void {
    this.load(true);
  },
  methods: {
    load(withPlaceholders: boolean): void {
      this.ticket += 1;
      const { ticket } = this;
      if (withPlaceholders) {
        this.loading = true;
        this.opened = {};
        this.tab = 'tabs-1';
      }
      loadDetail(this.id)
        .then((dossier) => {
          if (ticket !== this.ticket) return;
          this.dossier = dossier;
          this.failed = false;
          this.loading = false;
          if (this.opened.files) this.loadFiles();
          if (this.opened.sequences) this.openSequences();
        })
        .catch(() => {
          if (ticket !== this.ticket) return;
          this.failed = true;
          this.loading = false;
        });
    },
    goBack(): void {
      this.$router.push({ path: `/danh-sach-ho-so/${this.index}`, query: lastList.query });
    },
    openFiles(): void {
      if (!this.opened.files) this.loadFiles();
    },
    loadFiles(): void {
      void loadParts(this.dossier).then(({ parts, files }) => {
        this.parts = parts;
        this.files = files;
        this.$set(this.opened, 'files', true);
      });
    },
    openSequences(): void {
      void loadSequences(this.dossier).then((sequences) => {
        this.sequences = sequences;
        this.$set(this.opened, 'sequences', true);
      });
    },
    openOther(name: string): void {
      this.$set(this.opened, name, true);
    },
    filesOf(part: Part): Row[] {
      return this.files.filter((file: Row) => file.dossierPartNo === part.partNo && file.removed === 'false');
    },
    icon(file: Row): { icon: string; color: string } {
      return ICONS[String(file.fileType)] ?? { icon: 'attach_file', color: 'grey' };
    },
  },
  template: `
<div class="form-chitiet">
  <content-placeholders v-if="loading" class="mt-3"><content-placeholders-text :lines="4" /></content-placeholders>
  <div v-else-if="failed" class="pa-4">
    Không tìm thấy hồ sơ. <v-btn flat @click="goBack">Quay lại</v-btn>
  </div>
  <template v-else>
    <div class="row-header">
      <div class="background-triangle-big"><span>CHI TIẾT HỒ SƠ</span></div>
      <div class="layout row header_tools row-blue">
        <div class="flex pl-3 text-ellipsis text-bold" :title="dossier.serviceName">
          {{ dossier.serviceName }}
        </div>
        <div class="flex text-right" style="flex: none">
          <v-btn small flat class="btn-refresh my-0" @click="load(false)">Làm mới</v-btn>
          <v-btn small flat class="my-0 mx-0 btn-border-left" @click="goBack">
            Quay lại &nbsp; <v-icon size="16">undo</v-icon>
          </v-btn>
        </div>
      </div>
    </div>
    <v-expansion-panel expand :value="[true]" class="expansion-pl ext__form">
      <v-expansion-panel-content hide-actions>
        <div slot="header">THÔNG TIN CHUNG HỒ SƠ</div>
        <v-card><v-card-text class="py-2 px-3"><v-layout wrap>
          <v-flex xs12 sm4 class="pr-3">
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Chủ hồ sơ: </span>
              <v-tooltip top>
                <span slot="activator" class="text-bold"> {{ dossier.applicantName }} </span>
                <span>{{ dossier.applicantName }}</span>
              </v-tooltip>
            </div>
            <div class="xs12 sm12 pb-1 overHidden">
              <span class="pr-2">Địa chỉ: </span>
              <v-tooltip top>
                <span slot="activator" class="text-bold"> {{ addressText }} </span>
                <span class="pl-0"> {{ dossier.address }} </span>
              </v-tooltip>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pl-0">Thư điện tử: </span>
              <span class="pl-0 text-bold"> {{ dossier.contactEmail }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Điện thoại: </span>
              <span class="pl-0 text-bold"> {{ dossier.contactTelNo }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">{{ identityLabel }}: </span>
              <span class="pl-0 text-bold"> {{ dossier.applicantIdNo }} </span>
            </div>
          </v-flex>
          <v-flex xs12 sm4 class="pr-3">
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Ngày tiếp nhận: </span>
              <span class="pl-0 text-bold"> {{ dossier.receiveDate }}</span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">{{ online ? 'Ngày gửi trực tuyến' : 'Ngày nộp hồ sơ' }}: </span>
              <span class="pl-0 text-bold"> {{ dossier.submitDate }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Thời hạn giải quyết: </span>
              <span class="pl-0 text-bold">
                {{ limitText }}
              </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Ngày hẹn trả: </span>
              <span class="pl-0 text-bold"> {{ dossier.dueDate }}</span>
            </div>
            <div v-if="dossier.extendDate" class="xs12 sm12 pb-1">
              <span class="pr-2">Hẹn lại: </span>
              <span class="pl-0 text-bold"> {{ dossier.extendDate }}</span>
            </div>
          </v-flex>
          <v-flex xs12 sm4>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Mã hồ sơ: </span>
              <span class="pl-0 text-bold">  {{ dossier.dossierNo }} </span>
            </div>
            <div v-if="dossier.nationCode" class="xs12 sm12 pb-1">
              <span class="pr-2">Mã hồ sơ quốc gia: </span>
              <span class="pl-0 text-bold"> {{ dossier.nationCode }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Trạng thái: </span>
              <span class="pl-0 text-bold"> {{ dossier.dossierStatusText }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Cơ quan thụ lý: </span>
              <span class="pl-0 text-bold"> {{ dossier.govAgencyName }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <span class="pr-2">Ghi chú: </span>
              <span class="pl-0 text-bold"> {{ String(dossier.applicantNote) }} </span>
            </div>
            <div class="xs12 sm12 pb-1">
              <v-menu offset-y :close-on-content-click="false">
                <a slot="activator">Người nộp hồ sơ <v-icon size="16">arrow_drop_down</v-icon></a>
                <v-card class="px-3 py-2 nguoi__nop">
                  <div class="xs12 sm12 pb-1">
                    <span class="pr-2">Họ và tên: </span>
                    <span class="pl-0 text-bold"> {{ dossier.delegateName }} </span>
                  </div>
                  <div class="xs12 sm12 pb-1">
                    <span class="pr-2">Địa chỉ: </span>
                    <span class="pl-0 text-bold"> {{ dossier.delegateAddress }} </span>
                  </div>
                  <div class="xs12 sm12 pb-1">
                    <span class="pr-2">Điện thoại: </span>
                    <span class="pl-0 text-bold"> {{ dossier.delegateTelNo }} </span>
                  </div>
                  <div class="xs12 sm12 pb-1">
                    <span class="pr-2">Số CMND/ căn cước: </span>
                    <span class="pl-0 text-bold"> {{ dossier.delegateIdNo }} </span>
                  </div>
                  <div class="xs12 sm12 pb-1">
                    <span class="pr-2">Ngày nộp hồ sơ: </span>
                    <span class="pl-0 text-bold"> </span>
                  </div>
                </v-card>
              </v-menu>
            </div>
          </v-flex>
        </v-layout></v-card-text></v-card>
      </v-expansion-panel-content>
    </v-expansion-panel>
    <v-tabs v-model="tab" class="mt-3 mb-4">
      <v-tabs-slider color="primary"></v-tabs-slider>
      <v-tab href="#tabs-1">XỬ LÝ HỒ SƠ</v-tab>
      <v-tab href="#tabs-2" @click="openFiles">THÀNH PHẦN HỒ SƠ{{ finished ? ' VÀ KẾT QUẢ' : '' }}</v-tab>
      <v-tab href="#tabs-3" @click="openOther('payments')">THANH TOÁN</v-tab>
      <v-tab href="#tabs-4" @click="openOther('syncs')">LIÊN THÔNG</v-tab>
      <v-tab href="#tabs-5" @click="openSequences">TIẾN TRÌNH XỬ LÝ</v-tab>
      <v-tab href="#tabs-6" @click="openOther('places')">VỊ TRÍ LƯU TRỮ</v-tab>
      <v-tabs-items>
        <v-tab-item value="tabs-1">
          <div class="px-3 py-3">
            <template v-if="dossier.stepName">
              Bước xử lý: <b>{{ dossier.stepName }}</b> — Người thực hiện: <b>{{ dossier.lastActionUser }}</b>
            </template>
            <template v-else>Không có bước xử lý</template>
          </div>
        </v-tab-item>
        <v-tab-item value="tabs-2">
          <template v-if="opened.files">
            <v-expansion-panel v-for="panel in panels" :key="panel.title" expand :value="[true]" class="expansion-pl">
              <v-expansion-panel-content>
                <div slot="header" class="text-bold">{{ panel.title }}</div>
                <div v-for="(part, at) in panel.parts" :key="part.partNo" class="form_alpaca">
                  <div class="dong">
                    <div class="header__tphs" style="min-width: 20px">
                      <span class="text-bold">{{ at + 1 }}.</span> &nbsp;
                    </div>
                    <div class="header__tphs" style="text-align: justify;">
                      <span>
                        {{ part.partName }}
                        <span v-if="part.required" style="color: red">&nbsp; (*) </span>
                      </span>
                    </div>
                  </div>
                  <div v-for="(file, number) in filesOf(part)" :key="number" class="dong__tep">
                    <span class="ml-1" style="cursor: pointer;">
                      <v-icon v-if="file.fileSize !== 0" class="mr-1" :color="icon(file).color" size="16">
                        {{ icon(file).icon }}
                      </v-icon>
                      {{ file.displayName }} - <i>{{ file.modifiedDate }}</i>
                    </span>
                    <v-icon v-if="file.signCheck === 1" size="16" color="green" title="Giấy tờ đã được ký số">
                      done
                    </v-icon>
                    <v-btn icon small class="mx-0 my-0" title="Tải xuống"><v-icon size="16">save_alt</v-icon></v-btn>
                  </div>
                  <div v-if="part.multiple" class="absolute__btn group__thanh_phan">
                    <v-btn icon small class="mx-0 my-0" title="Tải giấy tờ lên">
                      <v-icon size="18">file_upload</v-icon>
                    </v-btn>
                  </div>
                </div>
              </v-expansion-panel-content>
            </v-expansion-panel>
          </template>
        </v-tab-item>
        <v-tab-item value="tabs-3">
          <div v-if="opened.payments" class="px-3 py-3">Không có khoản phí nào</div>
        </v-tab-item>
        <v-tab-item value="tabs-4">
          <div v-if="opened.syncs" class="px-3 py-3">Không có hồ sơ liên thông</div>
        </v-tab-item>
        <v-tab-item value="tabs-5">
          <v-data-table
            v-if="opened.sequences" :headers="headers" :items="sequences" class="table-landing table-bordered"
            hide-actions no-data-text="Không có dữ liệu"
          >
            <template slot="items" slot-scope="props">
              <td class="text-xs-center">{{ props.item.sequenceNo }}</td>
              <td>{{ props.item.sequenceRole }}</td>
              <td>{{ props.item.sequenceName }}</td>
              <td>{{ props.item.durationText }}</td>
              <td>{{ props.item.startDate }}</td>
              <td><div v-for="(user, at) in props.item.assignUsers" :key="at">{{ user.userName }} <br></div></td>
              <td>
                <div v-for="(action, at) in props.item.actions" :key="at">
                  {{ action.actionName }} : ({{ action.createDate }})
                  <div v-if="action.actionOverdue" style="color: red">{{ action.actionOverdue }}</div>
                </div>
              </td>
            </template>
          </v-data-table>
        </v-tab-item>
        <v-tab-item value="tabs-6"><div v-if="opened.places" class="px-3 py-3">Chưa có vị trí lưu trữ</div></v-tab-item>
      </v-tabs-items>
    </v-tabs>
  </template>
</div>`,
});
