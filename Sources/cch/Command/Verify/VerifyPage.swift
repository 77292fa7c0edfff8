import Claims
import ExactJSON
import ExactPredicates
import Foundation
import PropertyTesting

/// The frame of a verification's report: what is known before it runs.
struct VerifyReport {
  let claims: [any Claim]
  let certificates: [CertificateReview]
  let seed: UInt64
  let threads: Int

  var header: String {
    let what = claims.count == 1 ? "1 claim" : "\(claims.count) claims"
    return """
      \(what) of the Cross-modal Complementarity Hypothesis, joint Gaussian model · seed \(seed) · \
      \(threads) thread\(threads == 1 ? "" : "s")

      """
  }

  /// The report of a finished run.
  func result(_ tallies: Tallies, elapsed: Duration, wasInterrupted: Bool) -> VerifyResult {
    let counts = tallies.byClaim.isEmpty ? claims.map { _ in ClaimTally() } : tallies.byClaim
    let rows = zip(zip(claims, certificates), counts).map { pair, tally in
      let (claim, certificate) = pair
      let screened = tallies.screening.byClaim[claim.id] ?? Screening.Count()
      return VerifyResult.Row(
        claim: claim, certificate: certificate, tally: tally, screened: screened,
        outcome: Outcome(claim, tally, screened: screened, certificateFailure: certificate.failure))
    }
    return VerifyResult(
      rows: rows, tallies: tallies, seed: seed, elapsed: elapsed, wasInterrupted: wasInterrupted)
  }
}

/// What a verification found, as text and as JSON.
struct VerifyResult {
  struct Row {
    let claim: any Claim
    let certificate: CertificateReview
    let tally: ClaimTally
    let screened: Screening.Count
    let outcome: Outcome
  }

  let rows: [Row]
  let tallies: Tallies
  let seed: UInt64
  let elapsed: Duration
  let wasInterrupted: Bool

  var isExpected: Bool { rows.allSatisfy(\.outcome.isExpected) && tallies.uncoveredRegions.isEmpty }

  /// Whether something is not as it is said to be: the cases were enough, and still.
  var isFalse: Bool { rows.contains(where: \.outcome.isFalse) || !tallies.uncoveredRegions.isEmpty }

  /// What to do about claims that the cases were too few for; nil where they were enough.
  var wish: String? {
    guard let most = rows.compactMap({ row in row.outcome.casesNeeded.map { ($0, row) } }).max(by: { $0.0 < $1.0 })
    else {
      return nil
    }
    let count = rows.count { $0.outcome.casesNeeded != nil }
    let what = rows.count == 1 ? rows[0].claim.id : "\(count) of \(rows.count) claims"
    return
      "too few cases for \(what), nothing false found: \(needs(most.1)) cases are needed; give --cases \(most.0) or more --time"
  }

  private func needs(_ row: Row) -> String {
    "\(row.tally.applicable < 10 ? "at least" : "about") \(grouped(row.outcome.casesNeeded ?? 0))"
  }

  /// The table and a last line that sums it up.
  var text: String {
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
    let screened = rows.filter { $0.claim is any SignClaim }
    let violations = screened.filter { $0.claim.status.isProved }.map(\.screened.violations).reduce(0, +)
    let questions = screening.stages.total
    let shares = screening.stages.shares.map { String(format: "%.2f", 100 * $0) }
    return """
      Besides, \(grouped(screening.cases)) whole-number problems for \(screened.count == 1 ? "it" : "\(screened.count) of them"): \
      \(violations == 0 ? "no" : grouped(violations)) violation of a proved one; of \(grouped(questions)) questions, Doubles with \
      proved bounds decided \(shares[0]) %, 128 bits \(shares[1]) %, Doubles of twice the precision \(shares[2]) %, FLINT \(shares[3]) %.

      """
  }

  /// Whether the instances came to every region where claims are decided.
  private var coverage: String {
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
      "\(grouped(cases)) instances in \(String(format: "%.1f", seconds)) s, \(grouped(Int(Double(cases) / max(seconds, 1e-9)))) a second"
    let unexpected = rows.filter(\.outcome.isFalse)
    let verdict =
      isFalse
      ? "NOT as expected\(unexpected.isEmpty ? "" : ": ")\(unexpected.map(\.claim.id).joined(separator: ", "))"
      : isExpected
        ? (rows.count == 1 ? "As expected" : "All \(rows.count) as expected")
        : "Too few cases to tell, nothing false found"
    return "\(wasInterrupted ? "Interrupted. " : "")\(verdict): \(speed)."
  }

  private func result(_ row: Row) -> String {
    let seen = row.tally.violations == 0 ? "no violation" : "\(grouped(row.tally.violations)) violations seen"
    switch row.outcome {
    case .noViolation: return "no violation"
    case .certificateHolds: return "certificate holds, \(seen)"
    case .violated where row.tally.violations == 0:
      return
        "VIOLATED: \(grouped(row.screened.violations)) violations by signs, seed \(seed); 'cch hunt \(row.claim.id)' finds a small one"
    case .violated:
      return
        "VIOLATED: \(seen), first in case \(row.tally.firstViolation ?? 0) of seed \(seed); 'cch hunt \(row.claim.id)' finds a small one"
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
  var json: JSONValue {
    [
      "schema": "cch.verify/1", "seed": .number(String(seed)), "ok": .bool(isExpected && !wasInterrupted),
      "interrupted": .bool(wasInterrupted),
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
            "certificate": row.certificate.path.map(JSONValue.string) ?? nil,
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

/// A number with its digits in groups of three: 412,004.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  return String(
    digits.enumerated().flatMap { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
    })
}

private func percent(_ share: Double) -> String { percentText(share, small: 2, large: 1) }
