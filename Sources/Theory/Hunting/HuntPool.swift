// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactJSON
import PropertyTesting

/// What one round of a hunt leaves to the next: the choices of the best case of every region.
///
/// The best is the one with the smallest margin; and, of cases on which the premise does not hold, the one on which it is nearest to
/// holding. Pools of parts are merged in any order to the pool of all of them.
public struct HuntPool: Sendable, Equatable {
  /// By region, and `everywhere` for all: the smallest margin, and the smallest gap of the premise.
  private var margins: [String: HuntPart.Best] = [:]
  private var gaps: [String: HuntPart.Best] = [:]
  private static let everywhere = "everywhere"

  /// No case.
  public init() {}

  /// How near a case is to a violation.
  enum Nearness {
    /// The premise holds.
    case margin(Double)
    /// It does not hold, by so much.
    case gap(Double)
  }

  /// Has a trial's case remembered in its regions.
  static func remember(_ regions: [String], _ nearness: Nearness, in trial: inout Trial) {
    for region in regions + [everywhere] {
      switch nearness {
      case .margin(let value): trial.remember("margin: \(region)", value)
      case .gap(let value): trial.remember("gap: \(region)", value)
      }
    }
  }

  /// The cases that a search remembered.
  init(_ statistics: CheckStatistics) {
    for region in Region.all.map(\.name) + [HuntPool.everywhere] {
      margins[region] = statistics.bestRecords["margin: \(region)"].map(HuntPart.Best.init)
      gaps[region] = statistics.bestRecords["gap: \(region)"].map(HuntPart.Best.init)
    }
  }

  /// Adds the cases of another part.
  public mutating func merge(_ other: HuntPool) {
    margins.merge(other.margins) { HuntPart.Best.precedes($1, $0) ? $1 : $0 }
    gaps.merge(other.gaps) { HuntPart.Best.precedes($1, $0) ? $1 : $0 }
  }

  /// The choices of the cases, each once: first those on which the premise holds, smallest margin first.
  public var choices: [[Int]] {
    var seen: Set<[Int]> = []
    return [margins, gaps].flatMap { $0.values.sorted(by: HuntPart.Best.precedes) }.map(\.choices)
      .filter { seen.insert($0).inserted }
  }
}

extension HuntPool {
  /// The pool as it is written down, regions in the order of their names.
  public var document: JSONValue {
    func list(_ cases: [String: HuntPart.Best]) -> JSONValue {
      .object(cases.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value.document) })
    }
    return ["margins": list(margins), "gaps": list(gaps)]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` that names the place.
  public init(document: JSONReader) throws(JSONShapeError) {
    func read(_ list: JSONReader) throws(JSONShapeError) -> [String: HuntPart.Best] {
      guard case .object(let members) = list.value else { throw list.failure("must be an object") }
      var cases: [String: HuntPart.Best] = [:]
      for member in members { cases[member.key] = try HuntPart.Best(document: try list.required(member.key)) }
      return cases
    }
    margins = try read(try document.required("margins"))
    gaps = try read(try document.required("gaps"))
  }
}
