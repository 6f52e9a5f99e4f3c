import type { ErrorCode } from '../../contract/errors.ts'

/** What went wrong and what to do next: one text per expected failure. */
export const enErrors = {
  'error.invalid_request': 'Flawsmith could not use that input. Check the values and try again.',
  'error.cancelled': 'Cancelled. Start it again to complete it.',
  'error.internal':
    'Something went wrong inside Flawsmith. Try again; if it happens again, the log folder named in Settings has the details.',
  'error.service_unavailable':
    'The service ended before it answered. It starts again by itself: wait a moment, then try again.',
  'error.no_project_open': 'No project is open. Open or create one on the Start screen.',
  'error.project_exists': 'This folder already holds a project. Open it, or choose another name.',
  'error.project_not_found':
    'There is no Flawsmith project in this folder. Choose the folder that holds flawsmith.sqlite.',
  'error.project_in_use': 'This project is open in another window or command. Close it there first.',
  'error.project_newer':
    'This project was saved by a newer Flawsmith. Install that version to open it; nothing was changed.',
  'error.project_corrupt': 'The project database is damaged. Restore one of its backups.',
  'error.path_outside':
    'The project names a file outside its folder, or one of its folders is a link. Nothing there was touched. Verify the project, or get an unaltered copy.',
  'error.project_read_only':
    'This project is open for looking only. Make its disk writable, or free some space on it, then open the project again.',
  'error.project_moved':
    'The project folder is no longer where it was opened: it was moved, renamed or deleted, or its drive is gone. Open it where it is now.',
  'error.settings_not_kept':
    'Flawsmith cannot write to its own folder: recent projects, settings and the log are not kept. Projects are not concerned. Free some space, or ask for write permission.',
  'error.wrong_kind_of_file':
    'A file lies where the project keeps a folder, or a folder where it keeps a file. Move it away, then try again.',
  'error.no_backup': 'That backup does not exist any more. Choose another one.',
  'error.folder_not_granted':
    'This folder was not chosen by you. Choose it with the folder button, or drop it on the window.',
  'error.folder_not_found': 'This folder does not exist, or its drive is not connected. Choose another one.',
  'error.folder_not_readable': 'This folder may not be read. Ask for read permission, or choose another one.',
  'error.folder_not_writable': 'This folder may not be written to. Choose another one, or ask for write permission.',
  'error.folder_not_empty': 'This folder is not empty. Choose a new name, so that nothing is overwritten.',
  'error.no_class_folders': 'This folder has no class folders. Choose the folder that contains one folder per class.',
  'error.layout_ambiguous': 'This folder can be read in several ways. Choose one.',
  'error.layout_not_found': 'The folder is not laid out like that any more. Choose it again.',
  'error.no_images_imported': 'No file in this folder could be imported. The report says why for each of them.',
  'error.disk_space_low':
    'There is not enough free disk space. Free some, or choose a folder on another drive; nothing was written.',
  'error.disk_full': 'The disk is full. Free some space and try again; what was saved before is intact.',
  'error.disk_failed':
    'The disk could not be read or written: it reports an error. Check the drive and its connection, then try again.',
  'error.class_not_found': 'This class is not in the project. It may have been removed: choose another one.',
  'error.image_not_found': 'There is no such image in the data set. It may have been excluded.',
  'error.mark_outside': 'This mark reaches out of the image. Draw it again inside the image.',
  'error.mark_empty': 'This mark holds no pixel. Draw it larger.',
  'error.mark_covers_image':
    'This mark covers the whole image and says nothing about where the defect lies. Draw it around the defect only.',
  'error.marks_format_unclear':
    'It is not clear which kind of marks this folder holds. Choose the format, or the folder with the annotations only.',
  'error.no_marks_taken': 'No mark was taken. Correct what the list names, and import again.',
  'error.marks_file_unreadable': 'This folder cannot be read as marks. Choose the folder with the annotations only.',
  'error.class_exists': 'There is a class of this name already. Merge the two, or choose another name.',
  'error.class_removed':
    'This class was removed or merged into another. Choose another class, or undo that in the history of changes.',
  'error.class_left_out': 'This class is left out of training and export. Take it back in first.',
  'error.class_has_marks':
    'Defects are marked on images of this class. Look at these marks first, or declare the class free of defects despite them.',
  'error.image_twice': 'The same image is in the project a second time. Exclude the other one first.',
  'error.import_not_found': 'This import is not in the project. Choose one of the list of imports.',
  'error.import_active': 'Images are being imported. Wait for the import to end, or cancel it.',
  'error.change_not_found': 'This change is not in the history of the data set. Choose one that is listed there.',
  'error.change_built_upon':
    'This change cannot be taken back: it is already, or something later builds on it. Take back the later change first.',
  'error.splits_locked':
    'The splits are locked and no image changes sides any more. To divide the images otherwise, make a new project.',
  'error.no_good_class':
    'Defects are set onto images of good parts. Say on the Marks tab which class is free of defects, and have some of it in the train split.',
  'error.marks_missing': 'Too few images are marked. Mark at least 4 train images of a class on the Marks tab.',
  'error.class_too_small':
    'This class has too few images to learn from. Import more, or choose a method without training.',
  'error.classes_too_few':
    'This method learns several classes at once. Import at least two classes, or choose a one-class method.',
  'error.recipe_not_found': 'This method does not exist in this version. Choose another one.',
  'error.recipe_refuses_size':
    'This method cannot take images of this size. Choose another method, or create a project with a size it takes.',
  'error.recipe_refuses_channels': 'This method cannot take images of this colour. Choose another method.',
  'error.parameter_out_of_range': 'A parameter is outside its range. Correct it and start again.',
  'error.run_not_found': 'This run is not in the project any more. Choose another one.',
  'error.originals_missing':
    'Some images have no original to make them again from. Import their folder again, which adds the originals and no images, or leave these images out.',
  'error.picture_of_other_size':
    'The picture of this image has another size than the project, since its original was missing. Import its folder again.',
  'error.job_active': 'Another task changes the images of this project. Wait until it ends, or cancel it.',
  'error.run_active': 'A run is still training. Stop it first, or wait until it ends.',
  'error.run_held': 'This run waited in the project when it came to this machine. Let the waiting runs start first.',
  'error.run_not_resumable': 'This run cannot go on: it is finished or has no usable checkpoint. Start a new run.',
  'error.run_has_no_checkpoint': 'This run has no checkpoint yet. Wait for the first one, or choose another run.',
  'error.base_invalid':
    'What the run should start from is missing, damaged or of other networks. Start from another base, or from scratch.',
  'error.base_differs':
    'The run to start from has networks of another kind. Choose another run, or start from made-up surfaces.',
  'error.checkpoint_invalid':
    'The checkpoint file is damaged, was changed or belongs to another run. Choose another run, or train again.',
  'error.engine_not_found': 'This engine is not known here. Choose one from the list in Settings.',
  'error.engine_unavailable': 'This engine does not work on this workstation. Choose another one; Settings says why.',
  'error.engine_install_failed':
    'The native engine could not be installed. Training works without it; check the network and disk, then try again.',
  'error.training_diverged': 'Training diverged. Try another seed, a lower learning rate, or the recommended method.',
  'error.out_of_memory':
    'There was not enough memory. Use a smaller batch or a smaller preset, or close other programs.',
  'error.compute_died': 'The process that did the work ended unexpectedly. Saved data is intact: resume or try again.',
  'error.compute_answer_invalid':
    'The process that did the work gave an answer that cannot be right, so it was ended and nothing of it was recorded. Check the files it read, then try again.',
  'error.all_at_target':
    'No class that this run can draw lacks candidates. Review the pending ones, or generate for one class.',
  'error.sample_not_found': 'This candidate is not in the project any more. Reload the review.',
  'error.image_missing':
    'An image file is missing from the project folder. Verify the project on the Export screen, then copy the file back from a backup.',
  'error.image_changed':
    'The picture of this candidate is damaged: its bytes are not the ones that were generated. Reject it and generate another.',
  'error.record_broken':
    'A candidate that is marked accepted is not what was accepted. Nothing was exported. Verify the project on the Export screen, then restore a backup or decide on it again.',
  'error.training_set_changed':
    'A picture this run learns from, or the packed copy of them, is not what was recorded: it was changed or swapped on the disk. Verify the project on the Export screen, then copy the file back from a backup.',
  'error.nothing_to_undo': 'You have no decision left to undo. Decide on a candidate first.',
  'error.export_target_exists': 'The folder already exists. Choose a new name: nothing is ever overwritten.',
  'error.pdf_not_printed':
    'The PDF could not be printed, so nothing was written. Try again; if it stays so, write the report without a PDF with “flawsmith report”, open report.html in a browser and print it there.',
  'error.export_nothing': 'There is nothing to export. Import images first.',
  'error.inside_project':
    'This folder lies inside a project, which would no longer verify with something else in it. Choose a folder outside it.',
  'error.folder_of_project':
    'This folder is a Flawsmith project, or lies in one: its classes are not its folders. Export from that project, or choose the folder that it was imported from.',
  'error.inside_export':
    'This folder lies inside an export, which would no longer match its checksums. Choose a folder outside it.',
  'error.verify_failed': 'The check found problems. The report lists them.',
  'error.no_frames': 'There are no pictures in this folder. Choose a picture, or a folder with pictures.',
  'error.frame_not_found': 'This frame is not in the project. Add its file again.',
  'error.frame_not_readable':
    'This frame cannot be read. Look at the file with another program, and add it again once it is whole.',
  'error.box_outside': 'The box does not lie inside the frame. Draw it inside.',
  'error.box_not_found': 'This box was removed meanwhile. Draw it again.',
  'error.verdict_missing':
    'Nothing can be recommended yet: whether synthetic images help here was not measured. Measure it on the Evaluate screen, or choose a target.',
  'error.pretraining_not_recommended':
    'Pretraining on painted defects is not what was measured to help here, so there is no pretraining set to export. Export balanced folders instead.',
  'error.verdict_outdated':
    'The verdict is outdated: what it was measured on has changed since. Measure again on the Evaluate screen, or choose a target.',
  'error.uplift_impossible':
    'Whether anything helps cannot be measured yet: at least two classes need images to learn from and images to test on. Import more, or divide the images anew.',
  'error.no_way_to_measure':
    'There is nothing to compare with real images alone. Draw and review candidates, or declare a class free of defects; then measure.',
  'error.test_image_in_input':
    'An image of the test split is among those that are learned from, pixel by pixel. Exclude the copies and measure again; a verdict over what was learned by heart says nothing.',
  'error.nothing_to_cut':
    'There is no box on these frames, and no patches without a box are asked for. Draw a box first.',
} as const satisfies Readonly<Record<`error.${ErrorCode}`, string>>
