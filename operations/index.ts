/**
 * What the person who runs the system asks for. It reads the blueprint and changes nothing.
 *
 * - `alarm-review.ts`: every alarm with what it rests on, and what is missing
 * - `alarm-review-page.ts`: the review for a terminal and as Markdown
 * - `openapi-document.ts`: the public interface for those who call it
 */
export { reviewAlarms, type AlarmFinding, type AlarmReview, type AlarmReviewOptions } from './alarm-review';
export { openApiDocument } from './openapi-document';
export { alarmReviewMarkdown, alarmReviewText } from './alarm-review-page';
