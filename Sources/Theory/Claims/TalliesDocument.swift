// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import ExactPredicates

extension Tallies {
  /// The counts as they are written down, for parts of a verification that run apart and are merged in their order.
  public var document: JSONValue {
    [
      "claims": .array(byClaim.map(\.document)), "class_claims": .array(byClassClaim.map(\.document)),
      "regions": .array(byRegion.map { JSONValue($0) }),
      "screened": JSONValue(screening.cases),
      "screening": .object(
        screening.byClaim.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value.document) }),
    ]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` that names the place.
  public init(document: JSONReader) throws(JSONShapeError) {
    self.init()
    func tallies(_ key: String) throws(JSONShapeError) -> [ClaimTally] {
      try document.required(key).elements().map { reader throws(JSONShapeError) in try ClaimTally(document: reader) }
    }
    (byClaim, byClassClaim) = (try tallies("claims"), try tallies("class_claims"))
    let regions = try document.required("regions")
    byRegion = try regions.elements().map { reader throws(JSONShapeError) in try reader.integer() }
    guard byRegion.count == Region.all.count else { throw regions.failure("the regions are those of another version") }
    screening.cases = try document.required("screened").integer()
    let counts = try document.required("screening")
    guard case .object(let members) = counts.value else { throw counts.failure("expected an object") }
    for member in members {
      screening.byClaim[member.key] = try Screening.Count(document: JSONReader(member.value, path: counts.path))
    }
  }
}

extension ClaimTally {
  fileprivate var document: JSONValue {
    [
      "cases": JSONValue(cases), "applicable": JSONValue(applicable), "violations": JSONValue(violations),
      "smallest": smallestMargin.map { ["margin": JSONValue($0.value), "case": JSONValue($0.index)] } ?? nil,
      "first_violation": firstViolation.map { JSONValue($0) } ?? nil,
    ]
  }

  fileprivate init(document: JSONReader) throws(JSONShapeError) {
    self.init()
    cases = try document.required("cases").integer()
    applicable = try document.required("applicable").integer()
    violations = try document.required("violations").integer()
    let (smallest, first) = (try document.required("smallest"), try document.required("first_violation"))
    if smallest.value != nil {
      smallestMargin = (try smallest.required("margin").rational(), try smallest.required("case").integer())
    }
    if first.value != nil { firstViolation = try first.integer() }
  }
}

extension Screening.Count {
  fileprivate var document: JSONValue {
    [
      "applicable": JSONValue(applicable), "violations": JSONValue(violations),
      "stages": .array(stages.all.map { JSONValue($0) }),
    ]
  }

  fileprivate init(document: JSONReader) throws(JSONShapeError) {
    self.init()
    applicable = try document.required("applicable").integer()
    violations = try document.required("violations").integer()
    let stages = try document.required("stages")
    let counts = try stages.elements().map { reader throws(JSONShapeError) in try reader.integer() }
    guard counts.count == 4 else { throw stages.failure("there are 4 stages") }
    self.stages = StageCounts(counts)
  }
}
