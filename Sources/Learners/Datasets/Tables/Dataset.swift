// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

/// Samples seen through several modalities, with a class for each.
public struct Dataset: Sendable {
  /// What it is called.
  public let name: String
  /// Its views; row i of each is the same sample.
  public let modalities: [Modality]
  /// The classes of the samples.
  public let labels: ClassLabels

  /// A data set of these views.
  ///
  /// - Throws: ``DatasetError`` where there is none, two have one name, or they have not as many rows as labels.
  public init(_ name: String, modalities: [Modality], labels: ClassLabels) throws(DatasetError) {
    guard !modalities.isEmpty else { throw .emptyModality(name) }
    for (place, modality) in modalities.enumerated() {
      if modalities[..<place].contains(where: { $0.name == modality.name }) { throw .duplicateModality(modality.name) }
      guard modality.rowCount == labels.rowCount else {
        throw .unequalRows(
          first: "modality \"\(modality.name)\"", rows: modality.rowCount, second: "the label",
          otherRows: labels.rowCount)
      }
    }
    (self.name, self.modalities, self.labels) = (name, modalities, labels)
  }

  /// The number n of samples.
  public var rowCount: Int { labels.rowCount }

  /// The view of this name.
  ///
  /// - Throws: ``DatasetError/missingModality(_:available:)``.
  public func modality(_ name: String) throws(DatasetError) -> Modality {
    guard let found = modalities.first(where: { $0.name == name }) else {
      throw .missingModality(name, available: modalities.map(\.name))
    }
    return found
  }
}

/// Where the rows of several tables with one key, such as a patient, are found in each.
public struct KeyedRows: Sendable, Equatable {
  /// The keys that are in all tables, in the order of the first.
  public let keys: [String]
  /// For every table its rows of these keys.
  public let rows: [[Int]]

  /// Joins tables by their keys.
  ///
  /// - Throws: ``DatasetError`` where a table has a key twice, or no key is in all of them.
  public init(_ tables: [(name: String, keys: [String])]) throws(DatasetError) {
    var places: [[String: Int]] = []
    for table in tables {
      var place: [String: Int] = [:]
      for (row, key) in table.keys.enumerated() where place.updateValue(row, forKey: key) != nil {
        throw .duplicateKey(key, table: table.name, row: row + 1)
      }
      places.append(place)
    }
    let common = (tables.first?.keys ?? []).filter { key in places.allSatisfy { $0[key] != nil } }
    guard !common.isEmpty else { throw .noCommonKeys(tables: tables.map(\.name)) }
    keys = common
    rows = places.map { place in common.compactMap { place[$0] } }
  }
}
