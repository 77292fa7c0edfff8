// SPDX-License-Identifier: GPL-3.0-or-later
/// What the runs of an experiment say.
public struct ExperimentReport: Sendable {
  /// Predictions against what came out.
  public let agreement: AgreementTable
  /// Further tables.
  public let tables: [ReportTable]
  /// What a reader must know: what applies where, what was chosen and when.
  public let notes: [String]

  /// A report.
  public init(agreement: AgreementTable, tables: [ReportTable] = [], notes: [String]) {
    (self.agreement, self.tables, self.notes) = (agreement, tables, notes)
  }
}

/// A table of finished texts: the first column is left-aligned, the others right.
public struct ReportTable: Sendable, Equatable {
  /// What it shows.
  public let title: String
  /// The heads of its columns.
  public let columns: [String]
  /// Its rows, each as long as the heads.
  public let rows: [[String]]

  /// A table.
  ///
  /// - Precondition: every row has a cell for each column.
  public init(title: String, columns: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row needs a cell for each column")
    (self.title, self.columns, self.rows) = (title, columns, rows)
  }
}
