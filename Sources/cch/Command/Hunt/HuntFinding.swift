// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Claims
import Conjectures
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import Hunting
import PlainText
import PropertyTesting
import Statistics

/// What a hunt found, as text and as JSON.
struct HuntFinding {
  let claim: any Claim
  let seed: UInt64
  let certificate: Certificate?
  let wasInterrupted: Bool
  private let cases: Int
  private let applicable: Int?
  private let seconds: Double
  private let shrinks: Int
  private let bestMargin: Rational?
  private let replay: ReplayLine?
  private let headline: String
  private let firstCase: Int?
  private let searchSeconds: Double
  private let hunt: Hunt
  private let screened: Int
  private let undefined: Int
  private let path: [HuntStep]
  /// How many instances lie in each region; nil where they were not counted.
  private let regions: [Int]?

  init(hunt: Hunt, result: Hunt.Result, elapsed: Duration, wasInterrupted: Bool) {
    (claim, seed, cases, applicable) = (hunt.claim, hunt.seed, result.cases, result.applicable)
    (self.hunt, screened, undefined) = (hunt, result.screened, result.undefined)
    (path, regions) = (result.path, result.regions)
    (shrinks, bestMargin, replay) = (result.shrinks, result.bestMargin, result.replay)
    seconds = elapsed / .seconds(1)
    (firstCase, searchSeconds) = (result.firstCase, result.searchTime / .seconds(1))
    certificate = result.instance.map { Certificate(claim: hunt.claim, instance: $0) }
    self.wasInterrupted = wasInterrupted && result.instance == nil
    let time = timeTaken(seconds, digits: 2)
    if result.instance != nil {
      let end = result.isLocalMinimum ? "no single step makes it simpler" : "not fully simplified"
      headline =
        "\(hunt.claim.id): found in case \(grouped(result.firstCase ?? 0)), made simpler in \(grouped(shrinks)) steps\(time); \(end)"
    } else {
      headline =
        "\(hunt.claim.id): nothing found in \(grouped(cases)) cases\(time)\(wasInterrupted ? ", interrupted" : "")"
    }
  }

  /// What an exhaustive search found in all heights below `limit`.
  init(_ search: ExhaustiveSearch, _ part: ExhaustivePart, below limit: Int, elapsed: Duration) {
    hunt = search.hunt
    (claim, seed, applicable, shrinks, wasInterrupted) = (hunt.claim, hunt.seed, nil, 0, false)
    (screened, undefined, seconds, firstCase) = (0, 0, elapsed / .seconds(1), nil)
    (path, regions) = ([], nil)
    searchSeconds = seconds
    let (p1, p2) = (search.space.p1, search.space.p2)
    let space =
      p1 == 1 && p2 == 1
      ? "integer Σ, p1 = p2 = q = 1, w1 = 1"
      : "integer Σ, p1 = \(p1), p2 = \(p2), q = 1, \(p1 == 1 ? "w1 = 1" : "the least-squares teacher")"
    let instance = part.height.flatMap { part.levels[$0]?.smallest?.instance }
    let last = part.height ?? limit - 1
    let valid = part.levels.filter { $0.key <= last }.reduce(0) { $0 + $1.value.valid }
    certificate = instance.map { Certificate(claim: search.hunt.claim, instance: $0) }
    bestMargin = instance.flatMap { search.hunt.claim.evaluate(Facts($0)).margin }
    replay = instance.flatMap { Hunt.replayLine(search.hunt.claim, $0) }
    if let height = part.height {
      cases = valid
      headline = "\(claim.id): the smallest of all \(space): largest |entry| \(height), then smallest sum of |entries|"
    } else if limit <= search.space.height {
      cases = 0
      headline = "\(claim.id): no counterexample with \(space), |entries| < \(limit); the budget ended there"
    } else {
      cases = valid
      headline = "\(claim.id): no counterexample among all \(grouped(valid)) \(space), |entries| ≤ \(last)"
    }
  }

  /// The certificate as a file has it; nil where nothing was found.
  var certificateText: String? { certificate.map { $0.document.pretty + "\n" } }

  /// A name that other counterexamples of the claim do not have: with the checksum of the replay line.
  var corpusName: String {
    let checksum = replay?.description.split(separator: ":").last ?? "large"
    return "\(claim.stated.map { $0.name ?? "stated" } ?? claim.id)-\(checksum).json"
  }

  func text(savedTo files: [String]) -> String {
    guard let certificate else { return headline + "\n" + search + stated }
    var text = headline + "\n" + InstanceText(certificate.instance, claim).text
    if let replay { text += "Replay: cch replay \(shellWord(replay.description))\n" }
    if !files.isEmpty { text += "Saved: \(files.joined(separator: ", "))\n" }
    return text
  }

  /// How close an unsuccessful search came.
  private var search: String {
    guard let applicable else { return "" }
    let interval = WilsonInterval(successes: applicable, trials: cases)
    let share = { (x: Double) in percentText(x, small: 2, large: 2) }
    let margin = bestMargin.map { "smallest margin reached: \(marginText($0))" } ?? "no margin was reached"
    return
      "the hypothesis held in \(grouped(applicable)) cases, \(share(Double(applicable) / Double(max(1, cases)))) % (\(share(interval.lower))–\(share(interval.upper))); \(margin); seed \(seed)\n"
  }

  /// What was searched for a statement in text, what is left to try, and what a proof has to show.
  private var stated: String {
    guard let conjecture = claim.stated, let applicable, !wasInterrupted else { return "" }
    var lines: [String] = []
    let instances = cases - screened
    lines.append(
      "searched: \(grouped(instances)) instances with p1, p2 ≤ 4, scales from 1e−6 to 1e6, random and led by the margin"
        + (screened > 0 ? "; \(grouped(screened)) whole-number problems with p1, p2 ≤ 4, decided by signs" : ""))
    let largest = hunt.largestSizes(drawn: instances)
    if largest.instances > 0 {
      lines.append(
        "of the first \(largest.instances) instances the largest had p1 = \(largest.p1), p2 = \(largest.p2), q = \(largest.q)"
          + (largest.n.map { ", n = \($0)" } ?? ""))
    }
    if let regions {
      let missed = zip(Region.all, regions).filter { $0.1 == 0 }.map(\.0.name)
      lines.append(
        "\(regions.count - missed.count) of \(regions.count) regions visited"
          + (missed.isEmpty ? "" : ", not \(missed.joined(separator: "; "))"))
    }
    if undefined > 0 { lines.append("undefined, so that they do not count: \(grouped(undefined)) of the instances") }
    if conjecture.isTautology {
      lines.append("nothing can be found: the conclusion is a part of the premise, or holds by its form")
    }
    if Hunt.isVacuous(cases: cases, applicable: applicable) {
      lines.append("VACUOUS: the premise held in fewer than 1 of 1,000 cases; nothing was tested")
    }
    if let (height, time) = hunt.exhaustiveHeight(within: .seconds(60)) {
      lines.append(
        "next: --exhaustive --height \(height) tries every integer Σ with p1 = p2 = q = 1, |entries| ≤ \(height), in about \(String(format: "%.0f", max(1, time))) s"
      )
    }
    if let coq = conjecture.coqDefinition { lines.append("to prove, over the words of proofs/Statements.v:\n\(coq)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A word as a shell takes it: in quotes where it has characters of its own.
  private func shellWord(_ word: String) -> String {
    if word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_:.".contains($0)) }) { return word }
    return "'\(word.replacing("'", with: "'\\''"))'"
  }

  /// `cch.hunt/1`.
  var json: JSONValue {
    [
      "schema": "cch.hunt/1", "claim": .string(claim.id), "seed": .number(String(seed)),
      "found": .bool(certificate != nil), "cases": JSONValue(cases),
      "applicable": applicable.map { JSONValue($0) } ?? nil, "seconds": .number(String(format: "%.3f", seconds)),
      "shrinks": JSONValue(shrinks), "best_margin": bestMargin.map { JSONValue($0) } ?? nil,
      "instance": certificate?.instance.document ?? nil, "replay": replay.map { .string("\($0)") } ?? nil,
      "first_case": firstCase.map { JSONValue($0) } ?? nil,
      "search_seconds": .number(String(format: "%.3f", searchSeconds)), "screened": JSONValue(screened),
      "path": .array(path.map(\.document)),
      "regions": regions.map { .object(zip(Region.all, $0).map { .init(key: $0.name, value: JSONValue($1)) }) } ?? nil,
    ]
  }
}
