package io.millrace.faults.kill;

import io.millrace.journal.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * One journal and many deaths: each process goes on where the one before was killed, so that recovery, too, is killed. The
 * judge looks at a copy after each death, and now and then at the journal itself.
 */
final class KillChain {
    private static final int ONE_IN_ANOTHER_BOOT = 4;
    private static final int ONE_IN_ORIGINAL = 3;
    private static final int ONE_IN_TORN = 4;

    private final Path scratch;
    private final Death death;

    /** Whether this is a journal without an engine, on which retention works. */
    private final boolean deletes;

    private final Path journal;
    private final Path acksFile;
    private final AckFile acks;
    private final SplittableRandom random;

    /** Whether the next process has something to cut. */
    private boolean torn;

    /** The scratch directory must be there, empty, and this one's own. */
    KillChain(final Path scratch, final Death death, final boolean deletes, final long seed) {
        this.deletes = deletes;
        this.scratch = scratch;
        this.death = death;
        journal = scratch.resolve("journal");
        acksFile = scratch.resolve("acks");
        acks = AckFile.map(acksFile);
        random = new SplittableRandom(seed);
    }

    /** One more process. Returns whether all was well; after a finding the chain is at its end. */
    boolean next(final RoundSink sink) throws IOException, InterruptedException {
        final WorkOptions options = WorkOptions.brief(journal, acksFile, random.nextLong());
        final Death.Outcome outcome = death.next(options, random, torn);
        Verdict verdict = judge(outcome, options);
        torn = false;
        if (verdict.isGood() && !deletes && random.nextInt(ONE_IN_TORN) == 0 && TornTail.tear(journal, random)) {
            torn = true;
            verdict = Recovery.checkCopyAndForget(options, acks, scratch.resolve("copy"));
        }
        if (outcome.exit() == ChildExit.DONE && verdict.isGood()) {
            sink.missed(outcome.fault());
        } else {
            sink.ran(outcome.fault(), verdict);
        }
        return verdict.isGood();
    }

    private Verdict judge(final Death.Outcome outcome, final WorkOptions options) throws IOException {
        final Verdict process = Verdict.ofExit(outcome.exit(), outcome.said());
        if (!process.isGood()) {
            return process;
        }
        // The kernel has every page that was written, whatever the lock says of the machine.
        if (random.nextInt(ONE_IN_ANOTHER_BOOT) == 0) {
            LockText.anotherBoot(journal);
        }
        if (deletes) {
            final Path copy = scratch.resolve("copy");
            Recovery.copyAs(journal, copy);
            return RetainedJournal.check(options.at(copy), acks);
        }
        final boolean original = random.nextInt(ONE_IN_ORIGINAL) == 0;
        final Verdict verdict = Recovery.checkCopy(options, acks, Durability.JOURNALED, scratch.resolve("copy"));
        return verdict.isGood() && original ? Recovery.check(options, acks, Durability.JOURNALED) : verdict;
    }
}
