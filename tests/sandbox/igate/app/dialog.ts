import { Component, inject } from '@angular/core';
import { MAT_DIALOG_DATA } from '@angular/material/dialog';

/** Asks, and does nothing: the city of the sandbox loses no dossier. */
export class DeleteDossier {
  readonly data = inject<{ code: string }>(MAT_DIALOG_DATA);
}
Component({
  selector: 'app-delete-dossier',
  template: `
<h1 mat-dialog-title>Xóa hồ sơ</h1>
<div mat-dialog-content>Bạn có chắc chắn muốn xóa hồ sơ {{ data.code }}?</div>
<div mat-dialog-actions align="end">
  <button mat-button type="button" class="cancelBtn" mat-dialog-close>Hủy</button>
  <button mat-flat-button type="button" color="warn" class="confirmBtn" mat-dialog-close>Đồng ý</button>
</div>`,
})(DeleteDossier);
