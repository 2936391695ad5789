from django.urls import path

from thidua.console.jobs import views
from thidua.jobs.permissions import can_keep_jobs, can_see_jobs
from thidua.web.doors import door

sees, keeps = door(can_see_jobs), door(can_keep_jobs)
urlpatterns = [
    path("viec-nen/", sees(views.JobList.as_view()), name="job-list"),
    path("viec-nen/<int:pk>/", sees(views.job_detail), name="job-detail"),
    path("viec-nen/<int:pk>/dung/", keeps(views.job_cancel), name="job-cancel"),
    path("viec-nen/<int:pk>/chay-lai/", keeps(views.job_retry), name="job-retry"),
    path("lich-chay/", sees(views.schedule_list), name="schedule-list"),
    path("lich-chay/<slug:name>/tam-dung/", keeps(views.schedule_pause), name="schedule-pause"),
    path("lich-chay/<slug:name>/tiep-tuc/", keeps(views.schedule_resume), name="schedule-resume"),
    path("lich-chay/<slug:name>/chay-ngay/", keeps(views.schedule_run), name="schedule-run"),
]
