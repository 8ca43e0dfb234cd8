;;; Eglot, the LSP client of Emacs, without a screen. It opens a file, and prints what a user would see as one line of JSON.
;; usage: STACKWARDEN_SERVER='["node", …]' STACKWARDEN_LANGUAGE=yaml emacs --batch -Q -l client.el FILE POSITION [TITLE]
;; POSITION is the number of characters before the cursor. TITLE begins the code action to apply; the file is saved then.
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'seq)

(defconst client-limit 45 "Seconds to wait for anything.")
(define-derived-mode client-mode text-mode "Client")
(put 'client-mode 'eglot-language-id (getenv "STACKWARDEN_LANGUAGE"))
(add-to-list 'eglot-server-programs (cons 'client-mode (append (json-parse-string (getenv "STACKWARDEN_SERVER")) nil)))
(setq eglot-sync-connect client-limit
      eglot-autoshutdown nil
      eglot-confirm-server-edits nil
      make-backup-files nil
      flymake-no-changes-timeout 0.1)

(defun client-wait-for (what condition)
  "Wait until CONDITION holds, or fail and say WHAT did not happen."
  (let ((deadline (+ (float-time) client-limit)))
    (while (not (funcall condition))
      (when (> (float-time) deadline) (error "%s: it did not happen" what))
      (flymake-start)
      (accept-process-output nil 0.1))))

(defun client-diagnostics ()
  "What Flymake shows, as plain data."
  (vconcat (mapcar (lambda (each)
                     `((text . ,(buffer-substring-no-properties (flymake-diagnostic-beg each) (flymake-diagnostic-end each)))
                       (from . ,(1- (flymake-diagnostic-beg each)))
                       (message . ,(format "%s" (flymake-diagnostic-text each)))))
                   (flymake-diagnostics))))

(let ((file (pop command-line-args-left))
      (position (string-to-number (pop command-line-args-left)))
      (title (pop command-line-args-left)))
  (find-file file)
  (client-mode)
  (call-interactively #'eglot)
  (client-wait-for "there are diagnostics" #'flymake-diagnostics)
  (goto-char (+ (point-min) position))
  (let* ((server (eglot-current-server))
         (before (client-diagnostics))
         (hover (when (eglot-server-capable :hoverProvider) (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams))))
         (actions (append (eglot-code-actions (point) (1+ (point)) nil nil) nil))
         (titles (mapcar (lambda (action) (plist-get action :title)) actions))
         after)
    (when title
      (eglot-execute server (seq-find (lambda (action) (string-prefix-p title (plist-get action :title))) actions))
      ;; Eglot tells of edits when the user is idle, and nobody is idle in a batch.
      (eglot--signal-textDocument/didChange)
      (client-wait-for "the diagnostics follow the edit" (lambda () (/= (length (flymake-diagnostics)) (length before))))
      (let ((inhibit-message t)) (save-buffer))
      (setq after (client-diagnostics)))
    (princ (format "%s\n" (json-encode `((diagnostics . ,before)
                                         (hover . ,(plist-get (plist-get hover :contents) :value))
                                         (actions . ,(vconcat titles))
                                         (after . ,after)))))
    (eglot-shutdown server nil 10)
    (kill-emacs 0)))
