// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension DataTable {
  /// The table without the rows that hold no number in one of the named columns, and how many these were.
  ///
  /// An empty cell and the words of ``missingWords`` say that a number is missing; anything else that is no number stays an error.
  ///
  /// - Throws: ``DataTableError`` where a column is missing.
  public func droppingMissing(in names: [String]) throws(DataTableError) -> (table: DataTable, dropped: Int) {
    var isKept = [Bool](repeating: true, count: rowCount)
    for name in names {
      for (row, isMissing) in try isMissing(in: name).enumerated() where isMissing { isKept[row] = false }
    }
    let kept = (0..<rowCount).filter { isKept[$0] }
    return kept.count == rowCount ? (self, 0) : (selecting(rows: kept), rowCount - kept.count)
  }

  /// For every row whether its number in a column is missing in the file.
  ///
  /// - Throws: ``DataTableError`` where there is no such column.
  public func isMissing(in name: String) throws(DataTableError) -> [Bool] {
    let (part, column) = try find(name)
    var flags: [Bool] = []
    flags.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let own = part.rows?[row] ?? row
      switch part.cells {
      case .text(let cells): flags.append(try cells.isMissing(row: own, column: column))
      case .numbers(let numbers): flags.append(numbers.number(row: own, column: column).isNaN)
      }
    }
    return flags
  }

  /// The table with the mean of a column's other numbers, exactly, wherever one is missing.
  ///
  /// Who resamples rows imputes anew in each resample, by ``isMissing(in:)`` and ``imputedColumns``.
  ///
  /// - Throws: ``DataTableError`` where a column is missing, holds no number at all or something that is none.
  public func imputingMeans(in names: [String]) throws(DataTableError) -> DataTable {
    var means = means
    for name in names where try isMissing(in: name).contains(true) {
      let numbers = try droppingMissing(in: [name]).table.numbers(in: name)
      guard !numbers.isEmpty else { throw .nothingObserved(column: name) }
      means[name] = numbers.reduce(0, +) / Rational(numbers.count)
    }
    return DataTable(parts, columns: columns, rowCount: rowCount, means: means)
  }

  /// The columns in which means stand for missing numbers, sorted.
  public var imputedColumns: [String] { means.keys.sorted() }

  /// What says that a number is missing, capitals aside, in words for people.
  public static let missingWords = "empty, NA, NaN, N/A, #N/A, #NV, <NA>, NULL, None, nil, \\N, . or ?"

  /// These rows, in this order.
  ///
  /// - Parameter rows: numbers of rows from 0.
  public func selecting(rows: [Int]) -> DataTable {
    let parts = parts.map { part in
      Part(
        cells: part.cells, name: part.name, rows: part.rows.map { own in rows.map { own[$0] } } ?? rows,
        said: part.said,
        shown: part.shown)
    }
    return DataTable(parts, columns: columns, rowCount: rows.count, means: means)
  }

  /// Several tables of the same samples, their columns beside each other.
  ///
  /// - Parameters:
  ///   - tables: each with the name of its file.
  ///   - key: the column whose texts tell which rows belong together: those that all tables have, in the order of the first; nil
  ///     where row i of each is the same sample.
  /// - Throws: ``DataTableError`` where they have not as many rows, the key is missing or twice in one, or no row is in all.
  public init(joining tables: [(name: String, table: DataTable)], key: String? = nil) throws(DataTableError) {
    var rows = tables.map { _ in [Int]?.none }
    if let key {
      var places: [[String: Int]] = []
      for (name, table) in tables {
        do throws(DataTableError) { places.append(try table.rowsByKey(key, file: name)) } catch {
          throw .inFile(name, error.description)
        }
      }
      let keys = try tables[0].table.texts(in: key).filter { key in places.allSatisfy { $0[key] != nil } }
      if keys.isEmpty { throw .noCommonKeys(key, files: tables.map(\.name)) }
      rows = places.map { place in keys.compactMap { place[$0] } }
    } else {
      for (name, table) in tables where table.rowCount != tables[0].table.rowCount {
        throw .unequalRows(
          first: tables[0].name, rows: tables[0].table.rowCount, second: name, otherRows: table.rowCount)
      }
    }
    let chosen = zip(tables, rows).map { table, rows in (table.name, rows.map(table.table.selecting) ?? table.table) }
    let parts = chosen.flatMap { name, table in
      table.parts.map { Part(cells: $0.cells, name: $0.name ?? name, rows: $0.rows, said: $0.said, shown: $0.shown) }
    }
    // The key is the same in all of them and stays in the first; other names that several have get their files before them.
    var owners: [String: Int] = [:]
    for (_, table) in chosen { for name in Set(table.columns) { owners[name, default: 0] += 1 } }
    let columns = chosen.enumerated().flatMap { place, one in
      one.1.columns.map { column in
        if column.isEmpty || column == key { return place == 0 ? column : "" }
        return owners[column] == 1 ? column : "\(one.0):\(column)"
      }
    }
    self.init(parts, columns: columns, rowCount: chosen[0].1.rowCount)
  }

  private func rowsByKey(_ key: String, file: String) throws(DataTableError) -> [String: Int] {
    var rows: [String: Int] = [:]
    for (row, text) in try texts(in: key).enumerated() where rows.updateValue(row, forKey: text) != nil {
      throw .duplicateKey(place(ofRow: row, key), column: key, text)
    }
    return rows
  }
}
