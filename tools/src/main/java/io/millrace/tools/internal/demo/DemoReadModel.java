package io.millrace.tools.internal.demo;

import io.millrace.projections.Projection;
import io.millrace.tools.internal.console.TextTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A read model and how to tell what is in it.
 *
 * @param projection that keeps it
 * @param dump tells its whole content row by row, in an order that depends on nothing but the content
 * @param tables what to show of it
 */
record DemoReadModel(Projection projection, Consumer<Consumer<String>> dump, Supplier<List<TextTable>> tables) {}
