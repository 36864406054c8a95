package io.millrace.benchmarks.report;

/** The style of the HTML page: one column that fits a phone, two charts side by side where there is room. */
final class PageStyle {
    static final String CSS = """
            :root { color-scheme: light dark; --ink: #1f2937; --faint: #5c6675; --line: #e2e6ec; --paper: #ffffff;
              --page: #f5f6f8; --accent: #1b5fbf; --warn: #b42318; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e5e9f0; --faint: #a3adbb; --line: #323a46; --paper: #171c24; --page: #0f1319;
                --accent: #7db2ff; --warn: #ff8f85; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink);
              font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 1240px; margin: 0 auto; padding: 24px 16px 64px; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 8px 0; }
            h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 4px; }
            h3 { font-size: 1rem; margin: 0 0 6px; }
            p { margin: 6px 0; }
            a { color: var(--accent); text-decoration: none; }
            a:hover { text-decoration: underline; }
            .lead { max-width: 75ch; color: var(--faint); }
            .panel { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px;
              margin: 20px 0; }
            .facts { color: var(--faint); font-size: .875rem; overflow-wrap: anywhere; }
            .facts span::after { content: " · "; }
            .facts span:last-child::after { content: ""; }
            .kind { text-transform: uppercase; letter-spacing: .06em; font-weight: 600; }
            .summary { max-width: 85ch; margin: 12px 0; padding: 0; list-style: none; }
            .summary li { margin: 4px 0; }
            .summary li:first-child { font-size: 1.1rem; font-weight: 600; }
            .charts { display: grid; gap: 28px; margin: 20px 0;
              grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); }
            figure { margin: 0; min-width: 0; max-width: 700px; }
            figcaption { color: var(--faint); font-size: .875rem; }
            svg.chart { display: block; width: 100%; height: auto; }
            .narrow { display: none; }
            @media (max-width: 620px) {
              .wide { display: none; } .narrow { display: block; }
              main { padding: 12px 8px 40px; } .panel { padding: 14px 12px; margin: 12px 0; }
              h1 { font-size: 1.5rem; }
            }
            .scroll { overflow-x: auto; margin: 6px 0 20px; }
            table { border-collapse: collapse; font-size: .9rem; }
            th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: top;
              border-bottom: 1px solid var(--line); }
            th { color: var(--faint); font-weight: 600; }
            td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            details { margin: 10px 0; } summary { cursor: pointer; color: var(--faint); font-size: .9rem; }
            .environment th { white-space: nowrap; } .environment td { overflow-wrap: anywhere; }
            .overview { width: 100%; } .overview td:first-child { width: 48%; }
            .overview .sentence { color: var(--faint); }
            .figure { display: block; white-space: nowrap; } .figure b { font-size: 1.05em; }
            .differences { color: var(--faint); font-size: .9rem; }
            .problems { border-color: var(--warn); } .problems h2 { color: var(--warn); }
            @media (max-width: 760px) {
              .overview thead { display: none; } .overview tr { display: block; padding: 10px 0;
                border-bottom: 1px solid var(--line); }
              .overview td { display: block; border: 0; padding: 2px 0; }
              .overview td:first-child { width: auto; } .overview td.key { padding: 6px 0; }
              .overview td.fact { display: inline; color: var(--faint); font-size: .8rem; }
              .overview td.fact:not(:empty)::after { content: " · "; }
              .overview td.fact:last-child::after { content: ""; }
            }
            @media print { body { background: none; } .panel { break-inside: avoid-page; } }
            """;

    private PageStyle() {}
}
