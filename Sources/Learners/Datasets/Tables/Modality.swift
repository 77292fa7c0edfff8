// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import DataTables

/// One view of the samples: named columns of a table, or a file of its own.
public struct Modality: Sendable, Equatable {
  /// What it is called.
  public let name: String
  /// The names of its d features.
  public let features: [String]
  /// The number n of samples.
  public let rowCount: Int
  /// The numbers, n × d, row by row; all finite.
  public let values: [Double]

  /// A modality of given numbers.
  ///
  /// - Throws: ``DatasetError`` where it is empty, the numbers do not fill the rows, one is not finite, or two features have one name.
  public init(_ name: String, features: [String], values: [Double]) throws(DatasetError) {
    guard !features.isEmpty, !values.isEmpty else { throw .emptyModality(name) }
    let rows = values.count / features.count
    guard rows * features.count == values.count else {
      throw .wrongCount(modality: name, expected: (rows + 1) * features.count, found: values.count)
    }
    var seen = Set<String>()
    for feature in features where !seen.insert(feature).inserted {
      throw .duplicateFeature(modality: name, feature)
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(
        modality: name, row: place / features.count + 1, feature: features[place % features.count],
        value: "\(values[place])")
    }
    (self.name, self.features, rowCount, self.values) = (name, features, rows, values)
  }

  /// The named columns of a table; all that have names where none are said.
  ///
  /// A column whose offset would cost digits in double precision is kept relative to its first row, which is subtracted exactly; one of numbers
  /// below 1e−290 in a larger unit.
  ///
  /// - Throws: `DataTableError` where a column is missing, empty somewhere or no numbers; ``DatasetError`` where the table has no rows.
  public init(_ name: String, of table: DataTable, columns: [String]? = nil) throws {
    // A column without a name is that of the rows' names or numbers.
    let features = columns ?? table.columns.filter { !$0.isEmpty }
    let data = try features.map { try table.features(in: $0) }
    try self.init(
      name, features: features, values: (0..<table.rowCount).flatMap { row in data.map { $0[row] } })
  }

  /// An array whose first axis counts the samples, and whose others are features, called by their indices.
  ///
  /// With one axis there is one feature.
  /// 64-bit integers beyond 2⁵³ are kept relative to the first row, which is subtracted exactly.
  ///
  /// - Throws: ``ArrayFileError`` where it has no axis, ``DatasetError`` where a number is not finite.
  public init(_ name: String, of array: NumericArray) throws {
    guard array.shape.count >= 1 else {
      throw ArrayFileError.wrongShape(expected: "rows × features", found: array.shape)
    }
    let axes = array.shape.dropFirst()
    let features = (0..<axes.reduce(1, *)).map { place in
      var (rest, index) = (place, [String]())
      for length in axes.reversed() {
        index.append("\(rest % length)")
        rest /= length
      }
      return index.isEmpty ? "0" : index.reversed().joined(separator: ",")
    }
    try self.init(name, features: features, values: array.features(columns: features.count))
  }

  /// A file: CSV, plain or gzip, with a header line; IDX; or NumPy's `.npy`.
  ///
  /// What begins as neither of the two arrays does is read as CSV.
  ///
  /// - Throws: ``DataFileError``.
  public init(_ name: String, file path: String) throws(DataFileError) {
    let file = DataFile(path)
    let bytes = try file.bytes()
    self = try file.reading {
      if bytes.starts(with: NumericArray.npyMagic) { return try Modality(name, of: NumericArray(npy: bytes)) }
      if bytes.starts(with: [0, 0]) { return try Modality(name, of: NumericArray(idx: bytes)) }
      try file.requireText(bytes)
      return try Modality(name, of: DataTable(bytes: bytes))
    }
  }

  /// The numbers of one row.
  public func row(_ index: Int) -> ArraySlice<Double> {
    values[(index * features.count)..<((index + 1) * features.count)]
  }

  /// The numbers of one feature.
  public func column(_ index: Int) -> [Double] {
    stride(from: index, to: values.count, by: features.count).map { values[$0] }
  }

  /// These rows, in this order.
  public func selecting(rows: [Int]) -> Modality {
    Modality(name, features, rows.count, rows.flatMap(row))
  }

  /// log2(1 + x) of every number, for counts.
  ///
  /// - Throws: ``DatasetError/notFinite(modality:row:feature:value:)`` where a number is −1 or less.
  public func logarithms() throws(DatasetError) -> Modality {
    try Modality(name, features: features, values: values.map { log2(1 + $0) })
  }

  /// The features that are the same in every row.
  public var constantFeatures: [String] {
    features.indices.filter { index in
      let column = column(index)
      return column.allSatisfy { $0 == column[0] }
    }.map { features[$0] }
  }

  /// The pairs of features that are the same in every row: an earlier one, and a later one that repeats it.
  public var repeatedFeatures: [(original: String, copy: String)] {
    var first: [[Double]: Int] = [:]
    var pairs: [(String, String)] = []
    for index in features.indices {
      let column = column(index)
      if let original = first[column] {
        pairs.append((features[original], features[index]))
      } else {
        first[column] = index
      }
    }
    return pairs
  }

  private init(_ name: String, _ features: [String], _ rowCount: Int, _ values: [Double]) {
    (self.name, self.features, self.rowCount, self.values) = (name, features, rowCount, values)
  }
}
