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

    private final Path scratch;
    private final Death death;
    private final Path journal;
    private final Path acksFile;
    private final AckFile acks;
    private final SplittableRandom random;

    /** Told of each death and what came of it. */
    interface Observer {
        /** Called with KILLED, or with another exit and a verdict that is good only for DONE. */
        void onRound(String fault, ChildExit exit, Verdict verdict);
    }

    /** The scratch directory must be there, empty, and this one's own. */
    KillChain(final Path scratch, final Death death, final long seed) {
        this.scratch = scratch;
        this.death = death;
        journal = scratch.resolve("journal");
        acksFile = scratch.resolve("acks");
        acks = AckFile.map(acksFile);
        random = new SplittableRandom(seed);
    }

    /** Returns whether all was well. At the first finding it ends, and everything is kept. */
    boolean run(final int kills, final Observer observer) throws IOException, InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            final WorkOptions options = WorkOptions.brief(journal, acksFile, random.nextLong());
            final Death.Outcome outcome = death.next(options, random);
            final Verdict verdict = judge(outcome, options);
            observer.onRound(outcome.fault(), outcome.exit(), verdict);
            if (!verdict.isGood()) {
                return false;
            }
        }
        return true;
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
        final boolean original = random.nextInt(ONE_IN_ORIGINAL) == 0;
        final Verdict verdict =
                Recovery.checkCopy(options, acks, Durability.JOURNALED, scratch.resolve("copy"));
        return verdict.isGood() && original ? Recovery.check(options, acks, Durability.JOURNALED) : verdict;
    }
}
