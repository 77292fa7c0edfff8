// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Claims
import ExactJSON
import ExactPredicates
import Foundation
import PlainText
import Statistics

/// A verification's report, as text and as JSON.
package struct VerifyPage {
  let report: VerificationReport
  let elapsed: Duration

  package init(report: VerificationReport, elapsed: Duration) { (self.report, self.elapsed) = (report, elapsed) }

  private var rows: [VerificationReport.Row] { report.rows }
  private var tallies: Tallies { report.tallies }

  /// What is known before it runs.
  package static func header(_ verification: Verification, threads: Int) -> String {
    let count = verification.listed.count
    let models = [
      verification.claims.isEmpty ? nil : "joint Gaussian model",
      verification.classClaims.isEmpty ? nil : "finite model of classes",
    ]
    return """
      \(count == 1 ? "1 claim" : "\(count) claims") of the Cross-modal Complementarity Hypothesis, \(models.compactMap { $0 }.joined(separator: " and ")) · seed \
      \(verification.seed) · \(threads) thread\(threads == 1 ? "" : "s")

      """
  }

  /// What to do about claims that the cases were too few for; nil where they were enough.
  package var wish: String? {
    guard let least = report.leastTested, let cases = least.outcome.casesNeeded else { return nil }
    let what = rows.count == 1 ? rows[0].claim.id : "\(report.untested.count) of \(rows.count) claims"
    return
      "too few cases for \(what), nothing false found: \(needs(least)) cases are needed; give --cases \(cases) or more --time"
  }

  private func needs(_ row: VerificationReport.Row) -> String {
    "\(row.tally.applicable < 10 ? "at least" : "about") \(grouped(row.outcome.casesNeeded ?? 0))"
  }

  /// The table and a last line that sums it up.
  package var text: String {
    var table = TextTable([
      ("claim", .left), ("says", .left), ("status", .left), ("cases", .right), ("hypothesis held", .left),
      ("least margin", .right), ("result", .left),
    ])
    for row in rows {
      table.append(
        row.claim.id, row.claim.summary, row.claim.status.label, grouped(row.tally.cases), frequency(row.tally),
        row.tally.smallestMargin.map { marginText($0.value) } ?? "–", result(row))
    }
    let palette = Palette(isOn: StandardOutput.isColoured)
    table.style = { row, column, text in
      switch column {
      case 0: palette.strong(text)
      case 6:
        rows[row].outcome.isExpected ? palette.good(text) : rows[row].outcome.isFalse ? palette.bad(text) : text
      default: text
      }
    }
    return table.text + screening + coverage + summary + "\n"
  }

  /// What whole-number problems showed, and which arithmetic decided.
  private var screening: String {
    let screening = tallies.screening
    guard screening.cases > 0 else { return "" }
    let (screened, violations) = (report.screenedRows, report.screenedViolationsOfProved)
    let questions = screening.stages.total
    let shares = screening.stages.shares.map { decimal(100 * $0, 2) }
    return """
      Besides, \(grouped(screening.cases)) whole-number problems for \(screened.count == 1 ? "it" : "\(screened.count) of them"): \
      \(violations == 0 ? "no" : grouped(violations)) violation of a proved one; of \(grouped(questions)) questions, Doubles with \
      proved bounds decided \(shares[0]) %, 128 bits \(shares[1]) %, Doubles of twice the precision \(shares[2]) %, FLINT \(shares[3]) %.

      """
  }

  /// Whether the instances came to every region where claims are decided.
  private var coverage: String {
    if tallies.byClaim.isEmpty, !tallies.byClassClaim.isEmpty { return "" }
    let missing = tallies.uncoveredRegions
    let rarest = zip(Region.all, tallies.byRegion).min { $0.1 < $1.1 }
    guard missing.isEmpty, let (region, count) = rarest else {
      return "NOT COVERED: \(missing.map(\.name).joined(separator: "; "))\n"
    }
    if count == 0 {
      let unseen = zip(Region.all, tallies.byRegion).filter { $0.1 == 0 }
      return "Not visited yet: \(unseen.map(\.0.name).joined(separator: "; ")).\n"
    }
    return "All \(Region.all.count) regions were visited; the rarest, \(region.name), \(grouped(count)) times.\n"
  }

  private var summary: String {
    let seconds = elapsed / .seconds(1)
    let cases = rows.map(\.tally.cases).max() ?? 0
    let speed =
      seconds == 0
      ? "\(grouped(cases)) instances"
      : "\(grouped(cases)) instances in \(decimal(seconds, 1)) s, \(grouped(Int(Double(cases) / seconds))) a second"
    let unexpected = rows.filter(\.outcome.isFalse)
    let verdict =
      report.isFalse
      ? "NOT as expected\(unexpected.isEmpty ? "" : ": ")\(unexpected.map(\.claim.id).joined(separator: ", "))"
      : report.isExpected
        ? (rows.count == 1 ? "As expected" : "All \(rows.count) as expected")
        : "Too few cases to tell, nothing false found"
    return "\(report.wasInterrupted ? "Interrupted. " : "")\(verdict): \(speed)."
  }

  private func result(_ row: VerificationReport.Row) -> String {
    let seen = row.tally.violations == 0 ? "no violation" : "\(grouped(row.tally.violations)) violations seen"
    switch row.outcome {
    case .noViolation: return "no violation"
    case .certificateHolds: return "certificate holds, \(seen)"
    case .violated where row.tally.violations == 0:
      return
        "VIOLATED: \(grouped(row.screened.violations)) violations by signs, seed \(report.seed); 'cch hunt \(row.claim.id)' finds a small one"
    case .violated:
      return
        "VIOLATED: \(seen), first in case \(row.tally.firstViolation ?? 0) of seed \(report.seed); 'cch hunt \(row.claim.id)' finds a small one"
    case .vacuous: return "VACUOUS: the hypothesis held in \(row.tally.applicable) of \(grouped(row.tally.cases)) cases"
    case .tooFewCases: return "too few cases: needs \(needs(row))"
    case .certificateFails(let reason): return "CERTIFICATE FAILS: \(reason)"
    }
  }

  private func frequency(_ tally: ClaimTally) -> String {
    guard tally.cases > 0 else { return "–" }
    let interval = WilsonInterval(successes: tally.applicable, trials: tally.cases)
    let share = Double(tally.applicable) / Double(tally.cases)
    return "\(percent(share)) % (\(percent(interval.lower))–\(percent(interval.upper)))"
  }

  /// `cch.verify/1`: a function of the seed and the number of cases alone.
  package var json: JSONValue {
    [
      "schema": "cch.verify/1", "seed": .number(String(report.seed)),
      "ok": .bool(report.isExpected && !report.wasInterrupted),
      "interrupted": .bool(report.wasInterrupted),
      "screened": JSONValue(tallies.screening.cases),
      "regions": .object(
        zip(Region.all, tallies.byRegion).map { .init(key: $0.name, value: JSONValue($1)) }),
      "claims": .array(
        rows.map { row in
          let margin = row.tally.smallestMargin
          return [
            "id": .string(row.claim.id), "status": .string(row.claim.status.word), "cases": JSONValue(row.tally.cases),
            "applicable": JSONValue(row.tally.applicable), "violations": JSONValue(row.tally.violations),
            "screened_applicable": row.claim is any SignClaim ? JSONValue(row.screened.applicable) : nil,
            "screened_violations": row.claim is any SignClaim ? JSONValue(row.screened.violations) : nil,
            "screened_stages": row.claim is any SignClaim
              ? .array(row.screened.stages.all.map { JSONValue($0) }) : nil,
            "smallest_margin": margin.map { JSONValue($0.value) } ?? nil,
            "smallest_margin_case": margin.map { JSONValue($0.index) } ?? nil,
            "certificate": row.certificate.path.map { .string("fixtures/\($0)") } ?? nil,
            "certificate_ok": row.certificate.path == nil ? nil : .bool(row.certificate.failure == nil),
            "ok": .bool(row.outcome.isExpected), "outcome": .string(row.outcome.word),
            "cases_needed": row.outcome.casesNeeded.map { JSONValue($0) } ?? nil,
          ]
        }),
    ]
  }
}

extension Outcome {
  /// How the document writes it.
  fileprivate var word: String {
    switch self {
    case .noViolation: "no-violation"
    case .certificateHolds: "certificate-holds"
    case .violated: "violated"
    case .vacuous: "vacuous"
    case .tooFewCases: "too-few-cases"
    case .certificateFails: "certificate-fails"
    }
  }
}

extension StageCounts {
  /// The share of each arithmetic.
  fileprivate var shares: [Double] { all.map { Double($0) / Double(max(1, total)) } }
}

private func percent(_ share: Double) -> String { percentText(share, small: 2, large: 1) }
