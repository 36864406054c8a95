package io.millrace.examples.wiki;

/**
 * An edit as Wikipedia announced it.
 *
 * @param timeMs milliseconds since 1970-01-01T00:00Z
 * @param added bytes
 * @param deleted bytes
 * @param delta what Wikipedia says that the page grew by, in bytes
 * @param flags masks of {@link EditFlag}
 * @param channel that announced it, such as {@code #en.wikipedia}
 * @param page its title
 * @param user its editor's name or address
 * @param namespace of the page
 * @param comment of the editor
 */
public record WikiEdit(
        long timeMs,
        int added,
        int deleted,
        int delta,
        int flags,
        String channel,
        String page,
        String user,
        String namespace,
        String comment) {}
