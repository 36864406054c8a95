package io.millrace.peers.aeronarchive;

import io.aeron.ExclusivePublication;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import org.agrona.concurrent.status.CountersReader;

/** How far the archive has got with the recording of a publication. */
final class Recording {
    private final CountersReader counters;
    private final long archiveId;
    private final ExclusivePublication publication;
    private int counterId = CountersReader.NULL_COUNTER_ID;

    Recording(final AeronArchive archive, final ExclusivePublication publication) {
        counters = archive.context().aeron().countersReader();
        archiveId = archive.archiveId();
        this.publication = publication;
    }

    /** Whether the archive has begun. */
    boolean isActive() {
        if (counterId == CountersReader.NULL_COUNTER_ID) {
            counterId = RecordingPos.findCounterIdBySession(counters, publication.sessionId(), archiveId);
        }
        return counterId != CountersReader.NULL_COUNTER_ID;
    }

    /** Up to where the archive has written to its file. */
    long position() {
        return counters.getCounterValue(counterId);
    }

    /** Whether all that was published has been recorded. To be called when the publishing thread is done. */
    boolean isComplete() {
        return position() >= publication.position();
    }
}
