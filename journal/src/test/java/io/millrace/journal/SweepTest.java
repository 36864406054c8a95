package io.millrace.journal;

import java.nio.file.*;
import java.util.*;
import java.util.concurrent.atomic.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    @TempDir
    Path t0;

    Path t = Path.of("/dev/shm/jt" + System.nanoTime());

    @Test
    void sweep() throws Exception {
        Path good = t.resolve("good"), d = t.resolve("d");
        AtomicLong now = new AtomicLong(1_000_000_000_000L);
        try (JournalFixture f = new JournalFixture(JournalFixture.config(good, now::get))) {
            for (int i = 0; i < 4; i++) f.commitEvent(i % 2, "x" + i);
        }
        Path c = DamagedDirectory.cycles(good).get(0);
        byte[] all = Files.readAllBytes(c);
        Map<String, Integer> counts = new TreeMap<>();
        int end = DamagedDirectory.commits(c).get(0).offset() - 4;
        List<Integer> spots = new ArrayList<>();
        for (int i = 0; i < end; i++) if (all[i] != 0 || i < 540) spots.add(i);
        System.out.println("spots " + spots.size() + " " + spots.subList(Math.max(0, spots.size() - 40), spots.size()));
        Path meta = good.resolve("metadata.cq4t");
        for (String file : new String[] {c.getFileName().toString(), "metadata.cq4t"}) {
            List<Integer> sp = spots;
            if (file.startsWith("meta")) {
                byte[] m = Files.readAllBytes(meta);
                sp = new ArrayList<>();
                for (int i = 0; i < m.length; i++) if (m[i] != 0) sp.add(i);
                System.out.println("meta spots " + sp.size());
            }
            for (int spot : sp)
                for (int bit = 0; bit < 8; bit += Integer.getInteger("step", 1)) {
                    DamagedDirectory.copy(good, d);
                    DamagedDirectory.flip(d.resolve(file), spot, 1 << bit);
                    long s = System.nanoTime();
                    String r;
                    try {
                        try (JournalFixture f = new JournalFixture(
                                JournalFixture.config(d, () -> now.get() + 86400_000_000_000L * (spot % 2)))) {
                            if (f.journal.journaledSequence() != 4) r = "LOST " + f.journal.journaledSequence();
                            else {
                                f.commitEvent(1, "new");
                                r = "same";
                            }
                        }
                        if (r.equals("same"))
                            try (JournalFixture f = new JournalFixture(
                                    JournalFixture.config(d, () -> now.get() + 86400_000_000_000L * (spot % 2)))) {
                                if (f.journal.journaledSequence() != 5) r = "LOST-AFTER";
                            } catch (Throwable e) {
                                r = "same then " + e.getClass().getSimpleName() + " " + e.getMessage();
                                r = r.replaceAll("junit[^/]*", "");
                            }
                    } catch (JournalCorruptException e) {
                        r = "corrupt";
                    } catch (Throwable e) {
                        r = e.getClass().getName() + " "
                                + String.valueOf(e.getMessage())
                                        .replaceAll("junit[^/]*", "")
                                        .substring(
                                                0,
                                                Math.min(
                                                        90,
                                                        String.valueOf(e.getMessage())
                                                                .replaceAll("junit[^/]*", "")
                                                                .length()));
                    }
                    long ms = (System.nanoTime() - s) / 1000000;
                    if (ms > 1000) r += " SLOW";
                    if (!r.equals("corrupt") && !r.equals("same"))
                        System.out.println("@@ " + file + " " + spot + "." + bit + " " + ms + "ms " + r);
                    counts.merge(r.length() > 60 ? r.substring(0, 60) : r, 1, Integer::sum);
                    try (var st = Files.list(d)) {
                        for (Path p : st.toList()) Files.delete(p);
                    }
                }
        }
        counts.forEach((k, v) -> System.out.println("## " + v + " " + k));
    }
}
