import { ListPicture, PanelPicture, PopupPicture } from './pictures.tsx';

/** What it does, what it takes, what it keeps, how to stop it: one screen. */
export function Welcome({
  shortcut,
  expireHours,
  version,
}: {
  shortcut: string;
  expireHours: number;
  version: string;
}) {
  return (
    <main>
      <header>
        <h1>Đúng Hẹn đã sẵn sàng</h1>
        <p class="soft">Hạn trả hồ sơ, đếm theo ngày làm việc, ngay trên trang một cửa.</p>
      </header>
      <ol class="steps">
        <li>
          <ListPicture />
          <h2>1. Nhãn trên từng hồ sơ</h2>
          <p>
            Mở danh sách hồ sơ như mọi ngày. Mỗi dòng có một nhãn: còn bao lâu, đến lúc nào. Bấm vào nhãn để xem vì sao.
          </p>
        </li>
        <li>
          <PopupPicture />
          <h2>2. Biểu tượng trên thanh công cụ</h2>
          <p>
            Bấm biểu tượng Đúng Hẹn
            {shortcut !== '' && (
              <>
                {' '}
                hoặc phím <kbd>{shortcut}</kbd>
              </>
            )}{' '}
            để xem trang này đọc được gì, tạm dừng, hoặc bật trên hệ thống một cửa khác.
          </p>
        </li>
        <li>
          <PanelPicture />
          <h2>3. Bảng công việc</h2>
          <p>
            Trong ô vừa mở, bấm «Mở bảng công việc»: mọi hồ sơ bạn đã xem, gấp nhất ở trên, tìm theo mã, mở lại bằng một
            lần bấm.
          </p>
        </li>
      </ol>
      <div class="facts">
        <section>
          <h2>Lấy gì từ trang</h2>
          <p>
            Mã hồ sơ, tên thủ tục, các mốc ngày, trạng thái, bước xử lý và tên giấy tờ, từ những gì trang đang hiện hoặc
            đã tự tải về.
          </p>
        </section>
        <section>
          <h2>Không bao giờ lấy</h2>
          <p>
            Mật khẩu, phiên đăng nhập, cookie; tên, điện thoại, số định danh, địa chỉ của người dân. Không gửi yêu cầu
            và không ghi gì vào hệ thống. Không gửi gì ra khỏi máy này.
          </p>
        </section>
        <section>
          <h2>Lưu gì, bao lâu</h2>
          <p>
            Chỉ trên máy này: mã hồ sơ, thủ tục, mốc ngày, trạng thái. Tự xoá sau {expireHours} giờ kể từ lần đọc cuối,
            hoặc ngay khi bấm «Xoá danh sách».
          </p>
        </section>
        <section>
          <h2>Tạm dừng, che đi</h2>
          <p>
            Tạm dừng: bấm biểu tượng, bật «Tạm dừng trên trang này». Rời bàn hoặc có khách đứng quầy: bấm «Khóa bảng».
          </p>
        </section>
      </div>
      <footer class="soft">
        Đúng Hẹn {version}. Nhãn theo ngày hẹn của hệ thống; điều gì không chắc thì ghi «không chắc» và nói vì sao.
      </footer>
    </main>
  );
}
