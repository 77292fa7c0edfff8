// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Datasets
import Foundation
import PlainText

/// The table that files make together, and the columns in it that play a part each.
package struct DataSelection {
  package let table: DataTable
  /// The columns of every role, in the order asked for.
  package let columns: [[String]]
  /// What to call the data in messages.
  package let source: String
  /// What was found of the files' spelling, and how they were joined; each a line without its end.
  package let notes: [String]

  /// Reads the files and finds the columns.
  ///
  /// - Parameters:
  ///   - files: tables, arrays or `ARCHIVE.npz:ARRAY`.
  ///   - roles: for every role a list of columns, or files of which it takes all columns.
  /// - Throws: ``UserError`` that names the file or the option, the place and the rule.
  package init(files: [String], roles: [(option: String, list: String)], _ options: DataOptions) throws {
    self = try options.expansion.reading { try DataSelection(reading: files, roles, options) }
  }

  private init(reading files: [String], _ roles: [(option: String, list: String)], _ options: DataOptions) throws {
    var sources = Sources(options)
    for file in files { _ = try sources.place(of: file) }
    let named = sources.tables.map(\.table)
    // What no table has as a column, and what is a file, is taken as one.
    var parts: [[Part]] = []
    for (option, list) in roles {
      func isFile(_ name: String) -> Bool {
        !named.contains { $0.has(name) || $0.has("\(name)[0]") } && DataSource(name).exists
      }
      let parsed: ColumnList
      do { parsed = try ColumnList(list) } catch {
        throw UserError(file: listed(files), "--\(option): \(error)")
      }
      if parsed.items.count > 1, isFile(list) {
        parts.append([.file(try sources.place(of: list))])
        continue
      }
      var items: [Part] = []
      if parsed.items.count > 1, named.contains(where: { $0.has(list) }) {
        items = [.column(.quoted(list))]
      } else {
        for item in parsed.items {
          switch item {
          case .plain(let name) where isFile(name), .quoted(let name) where isFile(name):
            items.append(.file(try sources.place(of: name)))
          default: items.append(.column(item))
          }
        }
      }
      parts.append(items)
    }
    guard !sources.tables.isEmpty else {
      throw UserError("no data: name a table, or files in the place of columns; see 'cch help advise'")
    }
    let whole = sources
    source = listed(whole.tables.map { $0.path == "-" ? "standard input" : $0.path })
    do {
      let joined = try whole.joined()
      table = joined
      columns = try zip(parts, roles).map { items, role in
        try items.flatMap { item -> [String] in
          switch item {
          case .column(let item): return try joined.columns(of: item)
          case .file(let place): return whole.columns(ofFile: place, in: joined)
          }
        }
      }
      notes = whole.notes(joined)
    } catch { throw UserError(file: source, error) }
  }

  private enum Part {
    case column(ColumnList.Item)
    case file(Int)
  }

  /// An error about the data, with the file that it is about before it.
  package func error(_ error: any Error, _ advice: String = "") -> UserError {
    let file = (error as? DataTableError)?.column.flatMap(table.file) ?? source
    return UserError(file: file, "\(error)\(advice)")
  }
}

/// The files that were read so far.
private struct Sources {
  private(set) var tables: [(path: String, name: String, table: DataTable, columns: [String])] = []
  private let options: DataOptions

  init(_ options: DataOptions) { self.options = options }

  /// The place of a file among ``tables``, which is read where it is new.
  mutating func place(of path: String) throws -> Int {
    if let place = tables.firstIndex(where: { $0.path == path }) { return place }
    let (table, columns): (DataTable, [String])
    do { (table, columns) = try DataSource(path).table(decimal: options.decimal) } catch { throw UserError("\(error)") }
    let short = path.split(separator: "/").last.map(String.init) ?? path
    tables.append((path, tables.contains { $0.name == short } ? path : short, table, columns))
    return tables.count - 1
  }

  func joined() throws -> DataTable {
    guard tables.count > 1 else {
      if let key = options.key, !tables[0].table.has(key) { _ = try tables[0].table.texts(in: key) }
      return tables[0].table
    }
    return try DataTable(joining: tables.map { ($0.name, $0.table) }, key: options.key)
  }

  /// All columns of a file, by their names in the joined table.
  func columns(ofFile place: Int, in joined: DataTable) -> [String] {
    let (_, name, _, columns) = tables[place]
    return columns.filter { $0 != options.key }.map { joined.has($0) ? $0 : "\(name):\($0)" }
  }

  func notes(_ joined: DataTable) -> [String] {
    var notes = tables.compactMap { path, _, table, _ in
      table.spelling.map { "\(path == "-" ? "standard input" : path): \($0)" }
    }
    guard let key = options.key, tables.count > 1 else { return notes }
    let left = tables.map { ($0.name, $0.table.rowCount - joined.rowCount) }.filter { $0.1 > 0 }
    notes.append(
      "joined by \(quoted(key)): \(joined.rowCount) rows in all files"
        + left.map { "; \($0.1) of \($0.0) are in no other or not in all" }.joined())
    return notes
  }
}
