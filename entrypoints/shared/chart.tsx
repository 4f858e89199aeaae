import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * A chart of Observable Plot with its name above and its numbers as a table below.
 * @param draw makes the chart (`Plot.plot(…)`); drawn again when it is another function, so keep it with `useMemo` or `useCallback`
 */
export function Chart({
  title,
  draw,
  children,
}: {
  title: string;
  draw: () => Element;
  /** The same numbers, as a table. */
  children: ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const chart = draw();
    // Its style element is not allowed by our content policy; pages.css says the same.
    for (const style of chart.querySelectorAll('style')) style.remove();
    // One picture with one name; its numbers are in the table below. Groups may have no names of their own.
    chart.setAttribute('role', 'img');
    chart.setAttribute('aria-label', title);
    for (const group of chart.querySelectorAll('g')) group.removeAttribute('aria-label');
    box.current?.replaceChildren(chart);
  }, [draw, title]);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div ref={box} />
      <details>
        <summary>Bảng số của biểu đồ</summary>
        {children}
      </details>
    </figure>
  );
}
