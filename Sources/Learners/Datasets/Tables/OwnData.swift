// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

/// Views and classes from files of one's own, with what a reader should know of them.
public struct OwnData: Sendable {
  /// The views and the classes of the rows that all files have.
  public let dataset: Dataset
  /// What was taken for what, where that could be a mistake.
  public let notes: [String]

  /// Reads files whose row i is one sample, or whose rows are joined by a key.
  ///
  /// Every distinct text is a class of its own; texts that could mean the same are told in ``notes``.
  ///
  /// - Parameters:
  ///   - views: named files of features.
  ///   - labels: a file of one class a row, text or whole numbers.
  ///   - key: the column, in all files, by which rows are joined; nil for the order of rows.
  /// - Throws: ``DataFileError``; ``DatasetError`` where the files have not as many rows, labels are no classes, or keys do not join.
  public init(views: [(name: String, source: DataSource)], labels: DataSource, key: String? = nil) throws {
    let loaded = try views.map { try $0.source.view($0.name, key: key) }
    var (classes, labelKeys) = try labels.labels(key: key)
    var (modalities, notes) = (loaded.map(\.view), [String]())
    if key != nil {
      let named = zip(views, loaded).map { (name: $0.source.file.path, keys: $1.keys ?? []) }
      let joined = try KeyedRows([(name: labels.file.path, keys: labelKeys ?? [])] + named)
      let most = ([classes.count] + modalities.map(\.rowCount)).max() ?? 0
      if joined.keys.count < most {
        notes.append("\(joined.keys.count) keys are in all files; the other rows, of up to \(most), are left out")
      }
      classes = joined.rows[0].map { classes[$0] }
      modalities = modalities.indices.map { modalities[$0].selecting(rows: joined.rows[$0 + 1]) }
    } else {
      for (view, modality) in zip(views, modalities) where modality.rowCount != classes.count {
        throw DatasetError.unequalRows(
          first: view.source.file.path, rows: modality.rowCount, second: labels.file.path, otherRows: classes.count)
      }
    }
    let distinct = Set(classes).count
    guard 2 * distinct <= classes.count else {
      throw DataFileError(labels.file.path, DatasetError.tooManyClasses(distinct, rows: classes.count))
    }
    let named: ClassLabels
    do { named = try ClassLabels(classes) } catch { throw DataFileError(labels.file.path, error) }
    notes += OwnData.likeTexts(named.classes) + OwnData.missingTexts(named)
    dataset = try Dataset("own", modalities: modalities, labels: named)
    self.notes = notes
  }

  /// Classes that are the same number, or the same word but for upper and lower case.
  private static func likeTexts(_ classes: [String]) -> [String] {
    var groups: [String: [String]] = [:]
    for name in classes {
      let meaning = Double(name).map { "\($0)" } ?? name.lowercased()
      groups[meaning, default: []].append(name)
    }
    return groups.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }.map {
      "the labels \($0.map { "\"\($0)\"" }.joined(separator: " and ")) are different texts and count as different classes"
    }
  }

  private static func missingTexts(_ labels: ClassLabels) -> [String] {
    zip(labels.classes, labels.counts).filter {
      ["NA", "NaN", "nan", "N/A", "NULL", "null", "None", "?"].contains($0.0)
    }.map {
      "\($1) rows have the label \"\($0)\", which counts as a class; leave the rows out if it says that the class is not known"
    }
  }
}
