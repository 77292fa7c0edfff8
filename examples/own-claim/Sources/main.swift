// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Hunting
import PropertyTesting

// 1. The claim on random instances, beside the claims of cch if you like: Verification(of: allClaims + [QuietTeacher()], …).
let claim = QuietTeacher()
let verification = Verification(of: [claim], seed: 1)
let tally = try await verification.tallies(CaseRun(Budget(cases: 2_000)), threads: 2).byClaim[0]
print("\(claim.id): \(claim.summary)")
print(
  "\(tally.cases) random instances, \(tally.applicable) in the hypothesis, \(tally.violations) violations, "
    + "least margin \(tally.smallestMargin.map { "\($0.value.asDouble)" } ?? "–")")

// 2. The hunt for a counterexample, made as small as can be. The same seed finds the same one on any machine.
let result = await Hunt(claim, seed: 1)(Hunt.run(Budget(cases: 200_000)), threads: 2)
if let instance = result.instance, let line = result.replay {
  print("A counterexample:")
  print(InstanceText(instance, claim).text, terminator: "")
  print("Replay: \(line)")

  // 3. The line brings it back, here, where the claim is.
  let replayed = try Hunt.replay(try ReplayLine(parsing: line.description), among: [claim])
  print("Replayed: \(replayed.isViolation ? "still violates" : "does not violate") \(claim.id).")
} else {
  print("No counterexample in \(result.cases) cases; the least margin is \(result.bestMargin?.description ?? "–").")
}
