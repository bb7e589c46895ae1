import type { TreeBody } from '../../api.ts'
import { count, formatSize } from '../format.ts'

/** What the images weigh, which Gmail does not count and readers on the road do. */
export function ImageList({ images }: { readonly images: TreeBody['images'] }) {
  const attached = images.filter(({ isAttached }) => isAttached)
  const total = images.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <section className="weight-images" aria-labelledby="weight-images">
      <h2 id="weight-images">
        Images
        <span>
          {images.length === 0
            ? 'This issue has none of its own.'
            : `${count(images.length, 'image')}, ${formatSize(total)}; ${attached.length === 0 ? 'fetched when the mail is opened.' : 'they travel in the message.'}`}
        </span>
      </h2>
      {images.length === 0 ? null : (
        <ul>
          {images.map(({ name, bytes }, index) => (
            <li key={index}>
              <code>{name}</code>
              <span>{formatSize(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
