package io.millrace.engine;

/** Takes the streams that commands will probably emit to, so that the engine can read ahead for them. */
@FunctionalInterface
public interface StreamPrefetch {
    /**
     * Names a stream.
     *
     * @param streamId of the stream
     */
    void stream(long streamId);
}
