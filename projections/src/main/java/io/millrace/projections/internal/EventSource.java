package io.millrace.projections.internal;

import io.millrace.engine.Engine;
import io.millrace.engine.RingFeed;
import io.millrace.journal.Journal;

/** What the runtime needs of an engine. */
interface EventSource {
    Journal journal();

    RingFeed newRingFeed();

    /** Slots. */
    int ringSize();

    static EventSource of(final Engine engine) {
        return new EventSource() {
            @Override
            public Journal journal() {
                return engine.journal();
            }

            @Override
            public RingFeed newRingFeed() {
                return engine.newRingFeed();
            }

            @Override
            public int ringSize() {
                return engine.ringSize();
            }
        };
    }
}
