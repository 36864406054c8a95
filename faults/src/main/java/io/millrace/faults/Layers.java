package io.millrace.faults;

import io.millrace.faults.agent.FailpointTable;
import io.millrace.faults.agent.PlantedBug;
import io.millrace.faults.disk.ClockSteps;
import io.millrace.faults.disk.DiskFull;
import io.millrace.faults.disk.IoFaults;
import io.millrace.faults.disk.PowerLosses;
import io.millrace.faults.images.PageImages;
import io.millrace.faults.kill.ProcessKills;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.planted.PlantedBugs;
import io.millrace.faults.simulation.SimulationFailure;
import io.millrace.faults.simulation.Simulations;
import io.millrace.faults.sweep.ByteSweep;
import io.millrace.faults.sweep.FileFaults;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All layers, in the order in which they run: the fast ones that find most come first. */
final class Layers {
    static final String FAILPOINT_KILLS = "failpoint-kills";
    static final String PLANTED = "planted-bugs";

    /** The control of {@link #PLANTED}. */
    static final String NO_BUG = "none";

    private static final int PLANTED_SEEDS = 60;
    private static final int PLANTED_TASKS = 1 + PlantedBug.values().length;

    static final List<Layer> ALL = List.of(
            new Layer(
                    "simulation",
                    "histories of an engine with crashes, power losses, damage and clock steps, against a model",
                    300,
                    20_000,
                    1,
                    Layers::simulate),
            new Layer(
                    "page-subset",
                    "images of any mix of old and new pages, opened by the real journal",
                    8,
                    1_020,
                    PageImages.IMAGES,
                    PageImages::run),
            new Layer(
                    "sweep",
                    "every byte of a small journal flipped, inverted, zeroed, cut off at; blocks exchanged",
                    4,
                    ByteSweep.TASKS,
                    4_500,
                    ByteSweep::run),
            new Layer(
                    "files", "whole files missing, repeated, foreign, or no files at all", 4, 100, 70, FileFaults::run),
            new Layer(
                    FAILPOINT_KILLS,
                    "a process dies at a named failpoint, again and again on one journal",
                    4,
                    100,
                    ProcessKills.CHAIN,
                    ProcessKills::atFailpoints),
            new Layer(
                    "syscall-kills",
                    "a process dies at its N-th system call of a kind; needs strace",
                    1,
                    20,
                    ProcessKills.CHAIN,
                    ProcessKills::atSystemCalls),
            new Layer(
                    "power-loss",
                    "a file system on a loop device is shut down without its log; needs root",
                    2,
                    44,
                    PowerLosses.CHAIN,
                    PowerLosses::run),
            new Layer(
                    "io-errors",
                    "the N-th force, allocation, rename or opening fails; needs strace",
                    1,
                    20,
                    14,
                    IoFaults::errors),
            new Layer("slow-force", "forces that take long or hang; needs strace", 6, 24, 1, IoFaults::slow),
            new Layer(
                    "exceptions",
                    "an exception or error at a named failpoint",
                    12,
                    FailpointTable.SITES.size() * 2,
                    3,
                    IoFaults::exceptions),
            new Layer(
                    "disk-full", "small file systems fill up and get room again; needs root", 2, 40, 1, DiskFull::run),
            new Layer("clock", "clocks that step back, jump and stand still", 6, 60, 1, ClockSteps::run),
            new Layer(
                    PLANTED,
                    "defects that are put in on purpose, each of which must be found",
                    PLANTED_TASKS,
                    PLANTED_TASKS,
                    1,
                    Layers::plant));

    private Layers() {}

    private static void simulate(final Rounds rounds, final RoundSink sink) throws IOException {
        final Simulations.Listener listener = new Simulations.Listener() {
            @Override
            public void passed(final long seed, final Map<String, Integer> steps) {
                sink.ran("simulated history", new Verdict(Verdict.Kind.RECOVERED, ""));
            }

            @Override
            public void failed(final long seed, final SimulationFailure failure) {
                final long task = seed - rounds.seed();
                sink.ran("simulated history", new Verdict(kind(failure), "task " + task + ": " + failure));
            }
        };
        new Simulations(
                        rounds.seed() + rounds.firstTask(),
                        rounds.tasks(),
                        rounds.workers(),
                        rounds.deadlineNs(),
                        rounds.scratch(),
                        listener)
                .run();
    }

    private static Verdict.Kind kind(final SimulationFailure failure) {
        return switch (failure.kind()) {
            case LOST -> Verdict.Kind.LOST;
            case SILENT -> Verdict.Kind.SILENT;
            case HUNG -> Verdict.Kind.HUNG;
            case WRONG -> Verdict.Kind.REFUSED;
        };
    }

    /**
     * A bug that is found is a good run; one that is not is a hole in the harness. The first task plants none: what finds
     * something in sound code would find each bug as well, and prove nothing.
     */
    private static void plant(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final PlantedBugs bugs = new PlantedBugs(rounds.scratch(), PLANTED_SEEDS);
        rounds.run((number, seed, directory) -> {
            final int task = number % PLANTED_TASKS;
            final PlantedBug bug = task == 0 ? null : PlantedBug.values()[task - 1];
            final PlantedBugs.Result result = bugs.look(bug);
            final Verdict verdict = bug == null ? sound(result) : planted(result);
            sink.ran(bug == null ? NO_BUG : bug.name().toLowerCase(Locale.ROOT).replace('_', '-'), verdict);
            return verdict.isGood();
        });
    }

    private static Verdict sound(final PlantedBugs.Result result) {
        return result.caughtBy() == null
                ? Verdict.recovered()
                : new Verdict(
                        Verdict.Kind.SILENT,
                        "no bug was planted, and " + result.caughtBy() + " found one: " + result.what());
    }

    private static Verdict planted(final PlantedBugs.Result result) {
        return result.caught()
                ? new Verdict(
                        Verdict.Kind.RECOVERED,
                        new Catch(result.caughtBy(), result.runs(), result.milliseconds(), result.what()).remark())
                : new Verdict(
                        Verdict.Kind.SILENT, "planted: " + result.planted() + "; nothing found it: " + result.what());
    }
}
