// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import DataTables

extension DataTable {
  /// The numbers of one column as a feature, which may have any offset and unit.
  ///
  /// Where the spread is below 2⁻²⁰ of the numbers themselves, or these are so small that Doubles have fewer digits, the exact differences
  /// from the first row are taken, in a unit that is a power of two.
  ///
  /// - Throws: `DataTableError` as `numbers(in:)`.
  func features(in column: String) throws(DataTableError) -> [Double] {
    let doubles = try doubles(in: column)
    guard let least = doubles.min(), let greatest = doubles.max(), least.isFinite, greatest.isFinite else {
      return doubles
    }
    let size = max(abs(least), abs(greatest))
    guard size > 0, size < 1e-290 || greatest - least < size * 0x1p-20 else { return doubles }
    let numbers = try numbers(in: column)
    let differences = numbers.map { $0 - numbers[0] }
    var unit = Rational(1)
    let (lowest, highest) = (differences.min() ?? 0, differences.max() ?? 0)
    guard lowest < highest else { return doubles }
    while ((highest - lowest) * unit).asDouble < 0x1p-512 { unit = unit * Rational(Int128(1) << 96) }
    return differences.map { ($0 * unit).asDouble }
  }
}

extension NumericArray {
  /// The numbers as features, row by row; 64-bit integers beyond 2⁵³ relative to the first row.
  func features(columns: Int) -> [Double] {
    guard case .int64(let values) = elements, values.contains(where: { $0.magnitude > 1 << 53 }) else { return doubles }
    return values.indices.map { Double(Int128(values[$0]) - Int128(values[$0 % columns])) }
  }
}

extension Modality {
  /// What a reader should know of its features: those that are constant, and those of which little is left beside a large offset.
  public var notes: [String] {
    let (constant, coarse) = (constantFeatures, coarseFeatures)
    return (constant.isEmpty ? [] : ["view \(name): \(Modality.listed(constant)) constant, and tell nothing"])
      + (coarse.isEmpty
        ? []
        : [
          "view \(name): \(Modality.listed(coarse)) of so large an offset that most digits were lost before they were saved; "
            + "subtract it first"
        ])
  }

  private static func listed(_ features: [String]) -> String {
    let few = features.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
    return features.count == 1
      ? "column \(few) is" : "columns \(few)\(features.count > 3 ? " and \(features.count - 3) more" : "") are"
  }

  /// The features that vary, but by less than 1,024 units in the last place of their numbers: digits were lost to an offset before they
  /// were saved.
  public var coarseFeatures: [String] {
    features.indices.filter { index in
      let column = column(index)
      guard let least = column.min(), let greatest = column.max(), least < greatest else { return false }
      return greatest / 1024 - least / 1024 < max(abs(least), abs(greatest)).ulp
    }.map { features[$0] }
  }
}
