#[path = "../tests/invariants/lib.rs"]
mod invariants;
use std::sync::Arc;
use emetis::campaign::*;
use emetis::stylus::ProgramStore;
use emetis::suite::Programs;
fn main() {
    let store = Arc::new(ProgramStore::standard().unwrap());
    let programs = Programs::release().unwrap();
    let origin = invariants::world::Origin::new(store.clone(), &programs, 0);
    let args: Vec<String> = std::env::args().collect();
    let cases = args.get(1).map_or(200, |a| a.parse().unwrap());
    let plan = Plan { seed: 1, cases, depth: 60, jobs: 2, only: None };
    let report = run(&origin, &plan, &|_| {});
    println!("{report}");
    if args.len() > 2 {
        let programs = Programs::mutants().unwrap();
        for (m, p) in invariants::mutants::pairs() {
            let t = invariants::mutants::try_mutant(&store, &programs, m, p, &Plan { cases: 2000, ..plan.clone() });
            println!("{} {:<24} {:<7} killed {} calls {} {}", m, t.name, p.id, t.killed(), t.report.calls, t.report.found.as_ref().map_or(String::new(), |f| format!("{} steps", f.story.len())));
        }
    }
}
