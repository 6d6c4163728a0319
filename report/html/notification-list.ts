import type { GameDayResult } from '../../gamedays/result';
import { clockTime } from '../quantities';
import { markup, type Markup } from './markup';
import { regionName } from './region-name';

/** What the person on call was sent, word for word. */
export function notificationList({ notifications, regions }: GameDayResult): Markup {
  const items = notifications.map(
    ({ atSeconds, region, topic, subject, message }) => markup`<li>
<h3><span class="time">${clockTime(atSeconds)}</span> ${subject}</h3>
<p>${regionName(regions, region)} <span>to ${topic}</span></p>
<pre>${readable(message)}</pre>
</li>
`,
  );
  return markup`<section id="notifications" aria-labelledby="notifications-title">
<h2 id="notifications-title">Notifications sent</h2>
${items.length === 0 ? markup`<p class="note">Nobody was notified.</p>` : markup`<ol class="notifications">${items}</ol>`}
</section>`;
}

// CloudWatch's notifications are JSON on one line; spread out they can be read.
function readable(message: string): string {
  try {
    const parsed: unknown = JSON.parse(message);
    return typeof parsed === 'object' ? JSON.stringify(parsed, undefined, 2) : message;
  } catch {
    return message;
  }
}
