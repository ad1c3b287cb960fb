// The menu of blocks takes the focus when it opens: who writes with the keyboard types the name of a block at once.
(function () {
    'use strict';

    function focusMenu(button) {
        var tries = 0;
        (function look() {
            var fields = document.querySelectorAll('.w-combobox__field input');
            var field = fields[fields.length - 1];
            if (button.getAttribute('aria-expanded') !== 'true') return;
            if (field && field.offsetParent !== null) field.focus({ preventScroll: true });
            else if (tries++ < 30) requestAnimationFrame(look);
        })();
    }

    new MutationObserver(function (changes) {
        changes.forEach(function (change) {
            var button = change.target;
            if (button.matches('.c-sf-add-button') && button.getAttribute('aria-expanded') === 'true') focusMenu(button);
        });
    }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ['aria-expanded'] });
})();
