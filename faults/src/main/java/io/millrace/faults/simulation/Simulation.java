package io.millrace.faults.simulation;

import static io.millrace.faults.simulation.SimulationFailure.require;

import io.millrace.engine.EngineFailedException;
import io.millrace.journal.Durability;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalLockedException;
import io.millrace.projections.Attachment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One history, from one seed: draws it, lives it, and stops at the first thing that is not as the model has it. */
public final class Simulation {
    private static final int MIN_STEPS = 60;
    private static final int MAX_STEPS = 200;
    private static final int MAX_RESTARTS = 4;
    private static final int MAX_BURST = 24;

    static {
        // Before the first logger of the engine is there: decisions throw because they are asked to.
        final String level = "org.slf4j.simpleLogger.log.io.millrace";
        System.setProperty(level, System.getProperty(level, "off"));
    }

    private final long seed;
    private final Random random;
    private final Path scratch;
    private final Runnable beat;
    private final SimulatedClock clock = new SimulatedClock();
    private final Requests requests;
    private final Model model;
    private final List<String> log = new ArrayList<>();
    private final Map<Step, Integer> counts = new EnumMap<>(Step.class);
    private Shape shape;
    private Path directory;
    private Life life;

    /** As it was forced at launch. */
    private byte[] watermark;

    private Watching watching;
    private int directories;
    private int steps;
    private int length;
    private int restarts;
    private int epoch;

    private Simulation(final long seed, final Path scratch, final Runnable beat) {
        this.seed = seed;
        this.beat = beat;
        this.scratch = scratch;
        random = new Random(Rules.mix(Rules.mix(1, seed), 0));
        requests = new Requests(random);
        shape = Shape.draw(random);
        model = new Model(shape.maxCommitBytes());
    }

    /**
     * Runs the history of a seed.
     *
     * @param seed of it
     * @param scratch a directory that is not there yet; it is gone afterwards, unless something was found
     * @param beat called before each step; who does not hear it for long may call the simulation hung
     * @return how often each kind of step was taken, by its name
     * @throws SimulationFailure if something is not as it must be; names the seed and all steps
     */
    public static Map<String, Integer> run(final long seed, final Path scratch, final Runnable beat) {
        return new Simulation(seed, scratch, beat).run();
    }

    private Map<String, Integer> run() {
        try {
            Files.createDirectories(scratch);
            directory = nextDirectory();
            launch(0, 0);
            length = MIN_STEPS + random.nextInt(MAX_STEPS - MIN_STEPS);
            while (steps < length) {
                beginStep();
                take(Step.draw(random));
            }
            beginStep();
            end();
            JournalDirectory.delete(scratch);
        } catch (final SimulationFailure e) {
            throw told(e.kind(), e.getMessage(), e);
        } catch (final Exception | AssertionError e) {
            throw told(SimulationFailure.Kind.WRONG, "not expected: " + e, e);
        } finally {
            abandon();
        }
        final Map<String, Integer> named = new TreeMap<>();
        counts.forEach((step, count) -> named.put(step.name(), count));
        return named;
    }

    private void end() {
        check();
        endLife();
        if (model.oldestSequence() > 1) {
            requireNoLaunch();
        }
        final Path last = nextDirectory();
        JournalDirectory.copy(directory, last);
        final ReadChecks.Expecting expecting = new ReadChecks.Expecting(model.kept(), model.oldestSequence());
        open(last, expecting, "a closed journal must open");
        require(
                expecting.isWhole() && expecting.commandCount() == model.kept().size(),
                "a closed journal must hold all: %d of %d",
                expecting.commandCount(),
                model.kept().size());
    }

    /** Without the start there is no state. */
    private void requireNoLaunch() {
        try {
            Life.launch(model, shape, directory, clock).abandon();
        } catch (final JournalException | EngineFailedException e) {
            return;
        }
        throw SimulationFailure.silent("an engine must not start on a journal whose start is gone");
    }

    private SimulationFailure told(final SimulationFailure.Kind kind, final String message, final Throwable cause) {
        return new SimulationFailure(
                kind,
                "seed=" + seed + ": " + message + "\n  directory: " + directory + "\n  steps:\n    "
                        + String.join("\n    ", log),
                cause);
    }

    private void abandon() {
        if (watching != null) {
            try {
                watching.close();
            } catch (final RuntimeException e) {
                log.add("projections did not close: " + e);
            }
        }
        if (life != null) {
            life.abandon();
        }
    }

    private Path nextDirectory() {
        return scratch.resolve("journal-" + directories++);
    }

    /**
     * Each step draws from a source of its own: how many commands a failing engine still takes is the machine's to say,
     * and must not change what comes after.
     */
    private void beginStep() {
        random.setSeed(Rules.mix(Rules.mix(1, seed), ++steps));
        beat.run();
    }

    private void take(final Step step) {
        if (!isPossible(step)) {
            return;
        }
        log.add(step + " at " + model.commands().size() + "/" + model.lastSequence());
        counts.merge(step, 1, Integer::sum);
        switch (step) {
            case BURST -> burst(1 + random.nextInt(MAX_BURST));
            case FORCE -> life.engine().journal().force();
            case CLOCK -> moveClock();
            case READ -> ReadChecks.readSome(life.engine().journal(), model, random);
            case STREAM -> ReadChecks.readStream(life.engine().journal(), model, random);
            case HASH -> hash();
            case SECOND_OPEN -> openTwice();
            case ABORT_CLAIM -> {
                model.readClock(clock.nanoTime());
                life.abortClaim();
            }
            case HOT_COPY -> copyWhileBusy();
            case RETENTION -> deleteOldest();
            case CLOSE -> closeAndOpen();
            case KILL -> kill();
            case POWER_LOSS -> losePower();
            case FLIP -> flip();
            case FAIL_APPEND ->
                failJournal(
                        random.nextBoolean()
                                ? FaultableJournal.Fault.APPEND_BEFORE
                                : FaultableJournal.Fault.APPEND_AFTER);
            case FAIL_FORCE ->
                failJournal(
                        random.nextBoolean()
                                ? FaultableJournal.Fault.FORCE_BEFORE
                                : FaultableJournal.Fault.FORCE_AFTER);
            case FAIL_APPLY -> failApply();
        }
    }

    /** An engine cannot be restarted on a journal whose start is gone, so retention is for the end of a history. */
    private boolean isPossible(final Step step) {
        return switch (step) {
            case RETENTION -> steps > length * 3 / 4;
            case CLOSE, KILL, POWER_LOSS, FLIP, FAIL_APPEND, FAIL_FORCE, FAIL_APPLY ->
                model.deleted() == 0 && restarts++ < MAX_RESTARTS;
            default -> true;
        };
    }

    private void note(final String text) {
        log.set(log.size() - 1, log.get(log.size() - 1) + ": " + text);
    }

    private void burst(final int commands) {
        send(commands, null);
        life.settle();
    }

    /** Without a durability given, the mix of the moment is drawn from. */
    private boolean send(final int commands, final Durability durability) {
        boolean taken = true;
        final StringBuilder sent = new StringBuilder();
        for (int i = 0; i < commands && taken; i++) {
            final ModelCommand.Request request =
                    durability == null ? requests.draw(shape) : requests.draw(shape, durability);
            sent.append(' ').append(request);
            taken = life.send(request, requests.way());
        }
        note(sent.toString());
        return taken;
    }

    private void hash() {
        model.readClock(clock.nanoTime());
        life.requireHash();
    }

    private void check() {
        log.add("check");
        hash();
        final int found = ReadChecks.readAll(life.engine().journal(), model);
        require(found == model.commands().size(), "all commands must be there: %d", found);
        if (watching != null) {
            watching.check(model);
        }
        require(
                life.engine().journal().failure() == null
                        && life.engine().health().healthy(),
                "the engine must be healthy: %s",
                life.engine().health());
    }

    private void moveClock() {
        final long by = clock.step(random);
        note("by " + by / 1_000_000 + " ms");
    }

    private void openTwice() {
        try {
            Journal.open(shape.journal(directory, clock), event -> {}).close();
        } catch (final JournalLockedException e) {
            return;
        }
        throw SimulationFailure.silent("a second opening must be refused");
    }

    private void endLife() {
        if (watching != null) {
            final Watching ended = watching;
            watching = null;
            ended.close();
        }
        final Life ended = life;
        life = null;
        ended.close();
    }

    /** A copy of a directory that is written to holds a prefix, and opens to it. */
    private void copyWhileBusy() {
        send(1 + random.nextInt(MAX_BURST), null);
        final Path copy = copyOfLive();
        life.settle();
        final ReadChecks.Expecting expecting = new ReadChecks.Expecting(model.kept(), model.oldestSequence());
        open(copy, expecting, "a copy of a live directory must open");
        require(expecting.isWhole(), "a copy must hold whole commands");
        note("holds " + expecting.commandCount() + " of " + model.kept().size());
    }

    private void open(final Path copy, final ReadChecks.Expecting expecting, final String what) {
        try {
            Journal.open(shape.journal(copy, clock), expecting).close();
        } catch (final JournalException e) {
            throw new SimulationFailure(SimulationFailure.Kind.WRONG, what + ": " + e, e);
        }
        JournalDirectory.delete(copy);
    }

    private void deleteOldest() {
        final Journal journal = life.engine().journal();
        final long before = journal.firstSequence();
        final int events = (int) (model.lastSequence() - before + 2);
        final long upTo = before + random.nextInt(events);
        final int deleted = journal.deleteBefore(upTo);
        final long first = journal.firstSequence();
        note(deleted + " cycles before " + upTo + ", now from " + first);
        require(
                first >= before && first <= Math.max(upTo, before) && (deleted > 0 || first == before),
                "no event from %d on may be deleted: firstSequence=%d, before=%d, cycles=%d",
                upTo,
                first,
                before,
                deleted);
        if (deleted > 0) {
            model.forget(first, ReadChecks.oldestRequest(journal, first));
        }
    }

    private void closeAndOpen() {
        if (watching != null) {
            watching.check(model);
        }
        if (random.nextBoolean()) {
            send(1 + random.nextInt(MAX_BURST), null);
        }
        endLife();
        launch(model.commands().size(), model.commands().size());
    }

    /** The page cache is as it was; only the process is gone. */
    private void kill() {
        final Path copy = copyOfLive();
        JournalDirectory.stampKilled(copy);
        endLife();
        moveTo(copy);
        launch(model.commands().size(), model.commands().size());
    }

    private Path copyOfLive() {
        final Path copy = nextDirectory();
        JournalDirectory.copy(directory, copy);
        return copy;
    }

    private void moveTo(final Path copy) {
        JournalDirectory.delete(directory);
        directory = copy;
    }

    /** What came behind the last force may be there, in part, or not. */
    private void losePower() {
        life.engine().journal().force();
        final int forced = model.commands().size();
        final long forcedSequence = life.engine().journal().syncedSequence();
        final Path before = copyOfLive();
        for (int i = random.nextInt(4); i > 0; i--) {
            send(1 + random.nextInt(MAX_BURST), Durability.JOURNALED);
            life.settle();
        }
        final Path later = copyOfLive();
        final Path image = nextDirectory();
        require(
                life.engine().journal().syncedSequence() == forcedSequence,
                "nothing may be forced unless somebody asks: %d",
                life.engine().journal().syncedSequence());
        JournalDirectory.mix(watermark, before, later, image, random);
        JournalDirectory.stampPowerLost(image);
        final int all = model.commands().size();
        endLife();
        JournalDirectory.delete(before);
        JournalDirectory.delete(later);
        moveTo(image);
        launch(forced, all);
        note("forced " + forced + " of " + all + " commands");
    }

    /** Damage in what is surely there must be refused, at its place, and be gone when the damage is. */
    private void flip() {
        Path closed = directory;
        switch (random.nextInt(3)) {
            case 0 -> {
                closed = copyOfLive();
                JournalDirectory.stampKilled(closed);
            }
            case 1 -> {
                life.engine().journal().force();
                closed = copyOfLive();
                JournalDirectory.stampPowerLost(closed);
            }
            default -> {} // closed cleanly
        }
        endLife();
        if (!closed.equals(directory)) {
            moveTo(closed);
        }
        final Flip flip = Flip.draw(directory, random);
        if (flip != null) {
            note(flip.toString());
            flip.turn();
            requireRefused(flip);
            flip.turn();
        }
        launch(model.commands().size(), model.commands().size());
    }

    private void requireRefused(final Flip flip) {
        try {
            Journal.open(shape.journal(directory, clock), event -> {}).close();
        } catch (final JournalCorruptException e) {
            flip.requireNamedBy(e);
            return;
        }
        throw SimulationFailure.silent("damage must be refused: " + flip);
    }

    private void failJournal(final FaultableJournal.Fault fault) {
        note(fault.toString());
        final int certain = model.commands().size();
        life.journal().arm(fault);
        boolean taken = send(1 + random.nextInt(MAX_BURST), null);
        while (taken) {
            taken = send(1, Durability.SYNCED);
        }
        endFailedLife(certain);
    }

    private void failApply() {
        final int certain = model.commands().size();
        life.machine().failNextApply();
        life.journal().expectFailure();
        boolean taken = send(1 + random.nextInt(MAX_BURST), null);
        while (taken) {
            taken = send(1, Durability.JOURNALED);
        }
        endFailedLife(certain);
    }

    private void endFailedLife(final int certain) {
        final Life ended = life;
        final Watching watched = watching;
        life = null;
        watching = null;
        if (watched != null) {
            watched.close();
        }
        final Life.Bounds bounds = ended.settleFailure(certain);
        note("journal holds " + bounds);
        launch(bounds.least(), bounds.most());
    }

    /** Opens, and looks whether what is there is a whole number of commands between the two, and leads to their state. */
    private void launch(final int least, final int most) {
        shape = shape.next(random);
        requests.shift();
        try {
            life = Life.launch(model, shape, directory, clock);
        } catch (final JournalException | EngineFailedException e) {
            throw new SimulationFailure(SimulationFailure.Kind.WRONG, "the journal must open: " + e, e);
        }
        final int found = ReadChecks.readAll(life.engine().journal(), model);
        if (found < least) {
            throw SimulationFailure.lost("commands must be there: least=" + least + ", found=" + found);
        }
        require(found <= most, "commands must not be there: most=%d, found=%d", most, found);
        model.restart(found, clock.nanoTime());
        requireNextEpoch();
        hash();
        recoverAgain(found);
        watermark = JournalDirectory.watermark(directory);
        if (random.nextInt(3) == 0) {
            watching = new Watching(
                    life.engine(),
                    random.nextBoolean() ? Attachment.TAILING : Attachment.RING,
                    Math.max(model.oldestSequence(), model.lastSequence() + random.nextInt(100) - 20));
            watching.check(model); // from here on they hold what they still need
        }
    }

    private void requireNextEpoch() {
        final int opened = life.engine().journal().epoch();
        require(opened == epoch + 1, "epoch must be %d: %d", epoch + 1, opened);
        epoch = opened;
    }

    /** A recovery that dies behind its end has the same result when it is run again. */
    private void recoverAgain(final int commands) {
        final Path copy = copyOfLive();
        JournalDirectory.stampKilled(copy);
        final ReadChecks.Expecting expecting = new ReadChecks.Expecting(model.kept(), model.oldestSequence());
        open(copy, expecting, "a second recovery must succeed");
        require(
                expecting.isWhole() && model.deleted() + expecting.commandCount() == commands,
                "a second recovery must give the same: commands=%d, found=%d",
                commands,
                model.deleted() + expecting.commandCount());
    }
}
