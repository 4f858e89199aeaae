import { Component, inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { forkJoin, type Subscription, switchMap, tap } from 'rxjs';
import { AppConfig } from './config.ts';
import { Gateway } from './gateway.ts';
import {
  appointmentText,
  type DetailAnswer,
  type DossierFormFile,
  dateText,
  type FeeLine,
  limitText,
  nameOf,
  procedureName,
  taskOf,
} from './records.ts';

interface Pair {
  label: string;
  value: string;
}

interface PaperRow {
  number: number | null;
  name: string;
  heading: boolean;
  ticked: boolean;
  type: string;
  choice: boolean;
  files: { name: string; size: string }[];
  note: string;
}

interface SupplementRow {
  asked: string;
  given: string;
}

interface StepRow {
  name: string;
  officer: string;
  started: string;
  limit: string;
}

function pairs({ record, diary }: DetailAnswer): Pair[] {
  const data = record.applicant.data;
  const promised = record.appointmentDate !== undefined;
  const all: [string, string | undefined][] = [
    ['Mã hồ sơ', record.code],
    ['Mã hồ sơ quốc gia', record.nationCode],
    ['Thủ tục', `${record.procedure.code} - ${procedureName(record)}`],
    ['Cơ quan tiếp nhận', nameOf(record.agency.name)],
    ['Chủ hồ sơ', data.ownerFullname],
    ['Người nộp', data.fullname],
    ['Số CCCD', data.identityNumber],
    ['Số điện thoại', data.phoneNumber],
    ['Địa chỉ', data.address],
    ['Ngày nộp', dateText(record.appliedDate)],
    ['Ngày tiếp nhận', dateText(record.acceptedDate)],
    [
      'Ngày hẹn trả',
      promised ? dateText(diary.firstAppointmentDate ?? record.appointmentDate) : appointmentText(record),
    ],
    ['Ngày gia hạn', promised ? dateText(diary.extendedDate) : ''],
    ['Thời gian giải quyết', limitText(record.processingTime, record.processingTimeUnit)],
    ['Hình thức nộp', record.applyMethod.name],
    ['Trạng thái', nameOf(record.dossierTaskStatus.name)],
    ['Ngày hoàn thành', dateText(record.completedDate)],
    ['Ngày trả kết quả', dateText(diary.returnedDate)],
  ];
  const shown: Pair[] = [];
  for (const [label, value] of all) if (value) shown.push({ label, value });
  return shown;
}

function sizeText(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}

function paperRows(papers: readonly DossierFormFile[]): PaperRow[] {
  let number = 0;
  return papers.map((paper, index) => {
    const { quantity, typeName } = paper.requirement;
    // Group headings come in the same list; they ask for no copy at all.
    const heading = quantity === 0;
    if (!heading) number += 1;
    return {
      number: heading ? null : number,
      name: paper.formName,
      heading,
      // Some rows are ticked although they only concern foreigners.
      ticked: !heading && !paper.formName.includes('nếu có'),
      type: heading ? '' : `${quantity} ${typeName}`,
      choice: !heading && index % 3 === 1,
      files: paper.file.map((file) => ({ name: file.filename, size: sizeText(file.size) })),
      note: '',
    };
  });
}

function stepRows({ record, diary }: DetailAnswer): StepRow[] {
  const done = diary.events.map((event) => ({
    name: event.name,
    officer: event.officer,
    started: dateText(event.at),
    limit: '',
  }));
  const task = taskOf(record);
  if (task === undefined) return done;
  const { name, processingTime, processingTimeUnit } = task.bpmProcessDefinitionTask;
  const officer = task.assignee?.fullname ?? '';
  const limit = limitText(processingTime, processingTimeUnit);
  return [...done, { name, officer, started: dateText(task.createdDate), limit }];
}

const TEMPLATE = `
<div class="detailHead">
  <a mat-stroked-button class="backBtn" [routerLink]="['/dossier', family]" [queryParams]="config.variants">Quay lại</a>
  <h2 class="pageTitle">Chi tiết hồ sơ</h2>
  <span class="gap"></span>
  <button mat-stroked-button type="button" class="refreshBtn" (click)="load()">Làm mới</button>
</div>
<mat-progress-bar *ngIf="loading" mode="indeterminate"></mat-progress-bar>
<div class="loadError" *ngIf="failed">Không tìm thấy hồ sơ</div>
<mat-tab-group *ngIf="ready" animationDuration="0ms">
  <mat-tab label="Thông tin hồ sơ">
    <div class="infoBlock">
      <div class="row" *ngFor="let pair of pairs; trackBy: byLabel">
        <span class="lbl">{{ pair.label }}:</span><span class="val">{{ pair.value }}</span></div>
    </div>
    <table class="stepTable" *ngIf="supplements.length > 0">
      <thead><tr><th>Lần</th><th>Ngày yêu cầu bổ sung</th><th>Lý do</th><th>Ngày nhận bổ sung</th></tr></thead>
      <tbody><tr *ngFor="let one of supplements; let i = index"><td>{{ i + 1 }}</td><td>{{ one.asked }}</td>
        <td>Giấy tờ chưa đúng mẫu</td><td>{{ one.given }}</td></tr></tbody>
    </table>
  </mat-tab>
  <mat-tab label="Thành phần hồ sơ">
    <mat-table class="formTable" [dataSource]="papers">
      <ng-container matColumnDef="stt">
        <mat-header-cell *matHeaderCellDef>STT</mat-header-cell>
        <mat-cell *matCellDef="let paper"><mat-checkbox *ngIf="!paper.heading" [checked]="paper.ticked"
          color="primary">{{ paper.number }}</mat-checkbox></mat-cell>
      </ng-container>
      <ng-container matColumnDef="formName">
        <mat-header-cell *matHeaderCellDef>Tên giấy tờ</mat-header-cell>
        <mat-cell *matCellDef="let paper"><span [class.groupName]="paper.heading">{{ paper.name }}</span></mat-cell>
      </ng-container>
      <ng-container matColumnDef="type">
        <mat-header-cell *matHeaderCellDef>Loại bản</mat-header-cell>
        <mat-cell *matCellDef="let paper">
          <ng-container *ngIf="paper.choice; else fixed">
            <label><input type="radio" name="rdo_File" value="1"> 1 Bản chính</label>
            <label><input type="radio" name="rdo_File" value="2"> 1 Bản sao</label>
          </ng-container>
          <ng-template #fixed>{{ paper.type }}</ng-template>
        </mat-cell>
      </ng-container>
      <ng-container matColumnDef="file">
        <mat-header-cell *matHeaderCellDef>Tệp tin</mat-header-cell>
        <mat-cell *matCellDef="let paper">
          <div class="fileLine" *ngFor="let file of paper.files"><a class="file-name">{{ file.name }}</a>&ngsp;<span>({{ file.size }})</span></div>
          <ng-container *ngIf="!paper.heading">
            <div class="uploadBtn"><button mat-button type="button">Scan tệp tin</button><input type="file" hidden></div>
            <div class="uploadBtn"><button mat-button type="button" class="btn_upload">Chọn tệp tin</button><input
              type="file" multiple hidden></div>
          </ng-container>
        </mat-cell>
      </ng-container>
      <ng-container matColumnDef="note">
        <mat-header-cell *matHeaderCellDef>Ghi chú</mat-header-cell>
        <mat-cell *matCellDef="let paper">{{ paper.note }}</mat-cell>
      </ng-container>
      <mat-header-row *matHeaderRowDef="paperColumns"></mat-header-row>
      <mat-row *matRowDef="let paper; columns: paperColumns"></mat-row>
    </mat-table>
    <button mat-button type="button" color="primary" class="addFormBtn">+ Thêm giấy tờ</button>
  </mat-tab>
  <mat-tab label="Lệ phí">
    <div class="plainBlock">
      <div *ngIf="fees.length === 0">Không thu lệ phí</div>
      <div class="feeLine" *ngFor="let fee of fees">{{ fee.name }} × {{ fee.quantity }}: {{ fee.amount | number }} đồng
        ({{ fee.paid >= fee.amount ? 'Đã thu' : 'Chưa thu' }})</div>
    </div>
  </mat-tab>
  <mat-tab label="Quá trình xử lý">
    <table class="stepTable">
      <thead><tr><th>Bước</th><th>Cán bộ</th><th>Bắt đầu</th><th>Thời hạn</th></tr></thead>
      <tbody><tr *ngFor="let step of steps"><td>{{ step.name }}</td><td>{{ step.officer }}</td><td>{{ step.started }}</td>
        <td>{{ step.limit }}</td></tr></tbody>
    </table>
  </mat-tab>
  <mat-tab label="Kết quả"><div class="plainBlock">Chưa có tệp kết quả</div></mat-tab>
</mat-tab-group>`;

export class DossierDetail {
  readonly config = inject(AppConfig);
  private readonly gateway = inject(Gateway);
  private readonly route = inject(ActivatedRoute);
  readonly family = this.route.snapshot.data.family as string;
  readonly paperColumns = ['stt', 'formName', 'type', 'file', 'note'];
  pairs: Pair[] = [];
  papers: PaperRow[] = [];
  fees: FeeLine[] = [];
  steps: StepRow[] = [];
  supplements: SupplementRow[] = [];
  loading = false;
  failed = false;
  ready = false;
  private id = '';
  private running: Subscription | null = null;
  private watching: Subscription | null = null;

  readonly byLabel = (_: number, pair: Pair): string => pair.label;

  ngOnInit(): void {
    this.watching = this.route.paramMap.subscribe((parameters) => {
      this.id = parameters.get('id') ?? '';
      this.load();
    });
  }

  ngOnDestroy(): void {
    this.running?.unsubscribe();
    this.watching?.unsubscribe();
  }

  load(): void {
    this.running?.unsubscribe();
    this.loading = true;
    this.failed = false;
    const { id } = this;
    this.running = this.gateway
      .detail(id)
      .pipe(
        tap((answer) => {
          this.pairs = pairs(answer);
          this.papers = paperRows(answer.record.dossierFormFile ?? []);
          this.steps = stepRows(answer);
          this.supplements = (answer.diary.supplements ?? []).map(({ askedDate, givenDate }) => ({
            asked: dateText(askedDate),
            given: dateText(givenDate),
          }));
          this.ready = true;
        }),
        switchMap(() => forkJoin([this.gateway.fees(id)])),
      )
      .subscribe({
        next: ([fees]) => {
          this.fees = fees;
          this.loading = false;
        },
        error: () => {
          this.loading = false;
          this.failed = true;
        },
      });
  }
}
Component({ selector: 'app-dossier-detail', template: TEMPLATE })(DossierDetail);
